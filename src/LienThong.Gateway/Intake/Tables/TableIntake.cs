using LienThong.Extracts;
using LienThong.Gateway.Access;
using LienThong.Gateway.Archive;
using LienThong.Gateway.Intake.Visits;
using LienThong.Standard;

namespace LienThong.Gateway.Intake.Tables;

/// <summary>Takes extracts of tables in: their rows are joined into visits, which are then taken in as those that come as JSON.</summary>
public sealed class TableIntake(VisitIntake intake, IArchive archive, IntakeOptions options)
{
    /// <summary>Whether a content that begins like this is a workbook (<c>.xlsx</c> or <c>.xls</c>).</summary>
    public static bool LooksLikeBook(ReadOnlySpan<byte> head) => head.StartsWith("PK\u0003\u0004"u8) || head.StartsWith((ReadOnlySpan<byte>)[0xD0, 0xCF, 0x11, 0xE0]);

    /// <summary>Takes a workbook in whose sheets and columns are called as in the template (<see cref="ExcelTemplate"/>) or the model.</summary>
    /// <param name="name">Name for the ledger.</param>
    /// <param name="open">Opens it from its start; called several times, for streams that can seek.</param>
    /// <param name="caller">Who hands it in; visits of other facilities are refused. Of a caller with one facility, rows need not name it.</param>
    /// <param name="ct">Stops the work; what is committed stays.</param>
    public async Task<IntakeReport> IngestBookAsync(string name, Func<Stream> open, Caller caller, CancellationToken ct)
    {
        string facility = caller.Scope is { All: false, Facilities: { Count: 1 } only } ? only.Single() : "";
        try
        {
            return await IngestAsync(name, () => ExcelTables.Of(name, open), async () =>
            {
                await using Stream content = open();
                return await archive.PutAsync(content, options.MaxFileBytes, ct);
            }, ExtractMapping.ByName with { Facility = facility }, null, caller, ct);
        }
        catch (ArchiveLimitException e)
        {
            return IntakeService.TooLarge(name, e.MaxBytes);
        }
    }

    /// <summary>Takes tables in.</summary>
    /// <param name="name">Name for the ledger.</param>
    /// <param name="tables">Finds the tables.</param>
    /// <param name="keep">Archives what they were read from, once they are found to be readable.</param>
    /// <param name="mapping">Which column is which field.</param>
    /// <param name="fileId">Id given to it before, when this repeats what a crash ended; null for a new one.</param>
    /// <param name="caller">Who hands them in.</param>
    /// <param name="ct">Stops the work; what is committed stays.</param>
    internal async Task<IntakeReport> IngestAsync(
        string name, Func<IReadOnlyList<ExtractTable>> tables, Func<Task<Stored>> keep, ExtractMapping mapping, Guid? fileId, Caller caller, CancellationToken ct)
    {
        try
        {
            IReadOnlyList<ExtractTable> found = tables();
            if (found.Count == 0)
                return Refused(name, mapping.Facility, ExtractCodes.Unreadable, "Không có bảng nào.", "Thư mục cần các tệp .csv, tệp Excel cần các trang của mẫu.");
            Stored original = await keep();
            IEnumerable<VisitReading> visits = new VisitAssembly(mapping, new AssemblyOptions(TemporaryFile.Create)).Read(found);
            return await intake.IngestAsync(new VisitBatch(name, original, visits) { FileId = fileId, EveryReadingIsAVisit = false }, caller, ct);
        }
        catch (UnreadableExtractException e)
        {
            return Refused(name, mapping.Facility, e.Problem.Code, e.Problem.Message, e.Problem.Fix);
        }
    }

    /// <summary>The ledger of tables that can't be taken in at all.</summary>
    internal static IntakeReport Refused(string name, string facility, string code, string message, string fix) =>
        new(null, name, "", IntakeOutcome.Refused, facility, null, [], [new Problem(code, Severity.Block, message, fix)]);
}
