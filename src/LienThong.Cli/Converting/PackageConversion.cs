using System.Buffers;
using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Standard;

namespace LienThong.Cli.Converting;

/// <summary>Converts the records of one file, package or document, and writes them as one file.</summary>
internal sealed class PackageConversion(ConvertArguments arguments, PlannedFile file, IConvertReport[] reports)
{
    private readonly List<Record> rows = [];
    private Release? rowRelease;
    private PackageFile? package;

    /// <summary>What came of it.</summary>
    public ConvertTally Tally { get; } = new() { Files = 1 };

    /// <summary>Reads the file to its end, whatever is wrong with it.</summary>
    /// <returns>What was wrong with the file.</returns>
    /// <exception cref="CommandFailure">The result could not be written.</exception>
    public IReadOnlyList<Problem> Run()
    {
        if (file.Input.Trouble is { } trouble) return Unread(trouble);
        PlainFileStream stream;
        try
        {
            stream = new PlainFileStream(file.Input.Path);
        }
        catch (Exception e) when (Files.IsTrouble(e))
        {
            return Unread(Files.Explain(e));
        }

        using (stream)
        using (var reader = new PackageReader(stream))
        {
            try
            {
                bool whole = ReadAll(reader, out string why);
                if (!whole) return [.. reader.Problems, .. Unread(why)];
                Write(() => Finish(reader.Kind));
            }
            finally
            {
                package?.Dispose();
                foreach (Record row in rows) row.Dispose();
            }

            if (reader.HasSignature) Tally.SignaturesDropped++;
            if (reader.Problems.Any(p => p.Severity == Severity.Block)) Tally.Unreadable++;
            return reader.Problems;
        }
    }

    // A file of which the disk gives only a part must not become a package that looks whole.
    private bool ReadAll(PackageReader reader, out string why)
    {
        why = "";
        while (true)
        {
            Record? record;
            try
            {
                if (!reader.Read(out record)) return true;
            }
            catch (Exception e) when (Files.IsTrouble(e))
            {
                why = Files.Explain(e);
                return false;
            }

            Tally.Found++;
            Take(record, reader);
        }
    }

    private void Take(Record record, PackageReader reader)
    {
        Release from = arguments.From ?? RecordRelease.Of(record);
        Release? to = reader.Kind == DocumentKind.Package ? Target(record, from) : rowRelease ??= Target(record, from);
        string? why = record.IsDamaged ? "một phần hồ sơ không đọc được; xuất lại hồ sơ này từ phần mềm nguồn"
            : reader.Kind == DocumentKind.Package && record.Summary is null ? "hồ sơ không có XML1"
            : to is null ? "không đọc được ngày ra nên không biết chuẩn đích; chọn --to"
            : !RecordConverter.CanConvert(from, to) ? $"không chuyển ngược từ {from.DecisionNumber} về {to.DecisionNumber}"
            : null;
        if (why is not null)
        {
            foreach (IConvertReport report in reports) report.LeftOut(record, why);
            return;
        }

        Conversion conversion = RecordConverter.Convert(record, from, to!);
        Tally.Converted++;
        foreach (Change change in conversion.Changes) Tally.Add(change);
        foreach (IConvertReport report in reports) report.Converted(record, conversion);
        if (file.Output is null) return;
        Record built = conversion.Record.Build();
        if (reader.Kind != DocumentKind.Package)
        {
            rows.Add(built);
            return;
        }

        using (built)
        {
            Write(() =>
            {
                package ??= new PackageFile(file.Output, HeaderOf(reader.Header, built));
                package.Add(built, to!);
            });
        }
    }

    private Release? Target(Record record, Release from)
    {
        if (arguments.To is { } wanted) return wanted;
        Read<DateOnly> day = RecordRelease.DayOf(record);
        return day.IsPresent ? Releases.InForceOn(day.Value) ?? from : null;
    }

    private static PackageHeader HeaderOf(PackageHeader header, Record record) =>
        header.FacilityCode.Length > 0 ? header : header with { FacilityCode = Identity.MaCskcb(record, "") };

    private void Finish(DocumentKind kind)
    {
        if (package is not null)
        {
            package.Commit();
            Tally.Written++;
        }
        else if (rows.Count > 0)
        {
            var buffer = new ArrayBufferWriter<byte>(1 << 16);
            if (kind == DocumentKind.CheckIn) DocumentWriter.WriteCheckIn(buffer, rowRelease!, [.. rows]);
            else DocumentWriter.WriteAssessment(buffer, rowRelease!, [.. rows]);
            Directory.CreateDirectory(Path.GetDirectoryName(Path.GetFullPath(file.Output!))!);
            Files.WriteAll(file.Output!, buffer.WrittenSpan.ToArray());
            Tally.Written++;
        }
    }

    private void Write(Action write)
    {
        try
        {
            write();
        }
        catch (Exception e) when (Files.IsTrouble(e))
        {
            throw CommandFailure.Io($"không ghi được {file.Output}: {Files.Explain(e)}");
        }
    }

    private Problem[] Unread(string trouble)
    {
        Tally.Troubles++;
        return [new Problem("IO-READ-001", Severity.Block, $"Không đọc được tệp: {trouble}.", "Kiểm tra đường dẫn và quyền đọc rồi chạy lại.")];
    }
}
