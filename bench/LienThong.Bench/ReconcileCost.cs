using System.Diagnostics;
using System.Globalization;
using System.IO.Compression;
using System.Text;
using LienThong.Gateway.Receipts;
using LienThong.Gateway.Storage;

namespace LienThong.Bench;

/// <summary>What a list of the portal costs: read and shown, then applied, over as many stored records, one in a hundred of unknown outcome.</summary>
internal static class ReconcileCost
{
    private const int Chunk = 5000;
    private static readonly string[] RecordNames = ["record_id", "facility", "ma_lk", "created_at"];
    private static readonly string[] VersionNames =
    [
        "record_id", "version", "facility", "ma_lk", "state", "state_at", "is_current", "is_waiting", "origin", "actor", "hoso", "content_ref", "content_sha256", "arrived_signed", "release", "name",
        "name_search", "ngay_vao", "ngay_ra", "ma_loai_kcb", "block_count", "warn_count", "info_count", "not_checked_count", "received_at", "signed_ref", "signed_sha256",
    ];
    private static readonly string[] CallNames =
        ["submission_id", "record_id", "version", "facility", "ma_lk", "attempt", "service", "request_ref", "request_sha256", "started_at", "ended_at", "outcome", "ma_giao_dich", "simulator", "later_state", "actor"];

    public static async Task RunAsync(TextWriter output, int rows, bool postgres)
    {
        await using BenchGateway gateway = await BenchGateway.StartAsync(postgres);
        await SeedAsync(gateway.Get<Database>(), rows);
        output.WriteLine($"{rows} stored records, {(postgres ? "PostgreSQL" : "SQLite")}");
        output.WriteLine();
        output.WriteLine("| list | size | read + shown | applied | rows/s | peak memory |");
        output.WriteLine("|---|---|---|---|---|---|");
        foreach ((string name, Func<Stream> open) in new (string, Func<Stream>)[] { ("payment.csv", () => Csv(rows)), ("payment.xlsx", () => Excel(rows)) })
        {
            await using Stream file = open();
            using Peak peak = new();
            Reconciliations reconciliations = gateway.Get<Reconciliations>();
            long start = Stopwatch.GetTimestamp();
            ReconciliationResult read = await reconciliations.ReadAsync(
                BenchGateway.Caller, file, new ReconciliationRequest { FileName = name, Facility = Subjects.Options.FacilityCode }, null, default);
            double shown = Stopwatch.GetElapsedTime(start).TotalSeconds;
            if (read.Run is null) throw new InvalidOperationException(read.Refusal);
            await reconciliations.ApplyAsync(BenchGateway.Caller, read.Run.Id, true, default);
            start = Stopwatch.GetTimestamp();
            Reconciliation done = await reconciliations.RunAsync(BenchGateway.Caller, read.Run.Id, default);
            double applied = Stopwatch.GetElapsedTime(start).TotalSeconds;
            output.WriteLine(
                $"| {name}: {done.Counts.Confirmed} confirmed, {done.Counts.SettledAccepted} settled, {done.Counts.NotTheirs} missing | {file.Length / 1048576.0:F1} MiB | {shown:F1} s | {applied:F1} s | {rows / (shown + applied):F0} | {peak.MiB:F0} MiB, {peak.BeforeMiB:F0} before |");
        }
    }

    private static string MaLk(int i) => string.Create(CultureInfo.InvariantCulture, $"{Subjects.Options.FacilityCode}.2026.{i:D7}");

    private static async Task SeedAsync(Database database, int rows)
    {
        string facility = Subjects.Options.FacilityCode, sha = new('0', 64);
        long at = database.Now - 86_400_000;
        for (int first = 0; first < rows; first += Chunk)
        {
            (List<object?[]> records, List<object?[]> versions, List<object?[]> calls) = ([], [], []);
            for (int i = first; i < Math.Min(rows, first + Chunk); i++)
            {
                string id = Guid.CreateVersion7().ToString();
                bool unknown = i % 100 == 0;
                records.Add([id, facility, MaLk(i), at]);
                versions.Add([id, 1, facility, MaLk(i), unknown ? "OutcomeUnknown" : "Accepted", at, 1, 0, "His", "bench", 1, sha, sha, 0, "QD3176", "", "", "202607030800", $"202607{1 + (i % 28):D2}1500", "01", 0, 0, 0, 0, at, sha, sha]);
                calls.Add([Guid.CreateVersion7().ToString(), id, 1, facility, MaLk(i), 1, "Record", sha, sha, at, at, unknown ? "Unknown" : "Accepted", unknown ? null : $"HSKCB{i}", 0, unknown ? null : "Pending", "bench"]);
            }
            await using WriteSession session = await database.BeginAsync(default);
            await session.InsertManyAsync("record", RecordNames, records, default);
            await session.InsertManyAsync("record_version", VersionNames, versions, default);
            await session.InsertManyAsync("submission", CallNames, calls, default);
            await session.CommitAsync(default);
        }
    }

    // One in a thousand of ours is missing.
    private static IEnumerable<int> Listed(int rows) => Enumerable.Range(0, rows).Where(i => i % 1000 != 7);

    private static FileStream Csv(int rows)
    {
        FileStream file = Gateway.TemporaryFile.Create();
        using (StreamWriter text = new(file, new UTF8Encoding(true), leaveOpen: true))
        {
            text.Write("DANH SÁCH ĐỀ NGHỊ THANH TOÁN\nSTT,Mã liên kết,Họ tên,Ngày ra,Mã thẻ\n");
            foreach (int i in Listed(rows)) text.Write(string.Create(CultureInfo.InvariantCulture, $"{i},{MaLk(i)},Người bệnh số {i},{1 + (i % 28):D2}/07/2026 15:00,DN47900{i:D8}\n"));
        }

        file.Position = 0;
        return file;
    }

    private static FileStream Excel(int rows)
    {
        FileStream file = Gateway.TemporaryFile.Create();
        using (ZipArchive zip = new(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Relations = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", Package = "http://schemas.openxmlformats.org/package/2006";
            Put(zip, "[Content_Types].xml", $"<Types xmlns=\"{Package}/content-types\"><Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/><Default Extension=\"xml\" ContentType=\"application/xml\"/><Override PartName=\"/xl/workbook.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml\"/><Override PartName=\"/xl/worksheets/sheet1.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml\"/></Types>");
            Put(zip, "_rels/.rels", $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"r1\" Type=\"{Relations}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>");
            Put(zip, "xl/workbook.xml", $"<workbook xmlns=\"{Main}\" xmlns:r=\"{Relations}\"><sheets><sheet name=\"ds\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>");
            Put(zip, "xl/_rels/workbook.xml.rels", $"<Relationships xmlns=\"{Package}/relationships\"><Relationship Id=\"r1\" Type=\"{Relations}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>");
            using StreamWriter sheet = new(zip.CreateEntry("xl/worksheets/sheet1.xml", CompressionLevel.Fastest).Open());
            sheet.Write($"<worksheet xmlns=\"{Main}\"><sheetData>");
            Row(sheet, "STT", "Mã liên kết", "Họ tên", "Ngày ra", "Mã thẻ");
            foreach (int i in Listed(rows)) Row(sheet, i.ToString(CultureInfo.InvariantCulture), MaLk(i), $"Người bệnh số {i}", string.Create(CultureInfo.InvariantCulture, $"{1 + (i % 28):D2}/07/2026 15:00"), $"DN47900{i:D8}");
            sheet.Write("</sheetData></worksheet>");
        }

        file.Position = 0;
        return file;
    }

    private static void Row(StreamWriter sheet, params ReadOnlySpan<string> cells)
    {
        sheet.Write("<row>");
        foreach (string cell in cells) sheet.Write($"<c t=\"inlineStr\"><is><t>{cell}</t></is></c>");
        sheet.Write("</row>");
    }

    private static void Put(ZipArchive zip, string name, string text)
    {
        using StreamWriter part = new(zip.CreateEntry(name).Open());
        part.Write(text);
    }

    /// <summary>Largest working set while it lives, looked at every 50 ms.</summary>
    private sealed class Peak : IDisposable
    {
        private readonly Timer timer;
        private long most;

        public Peak()
        {
            GC.Collect();
            most = Environment.WorkingSet;
            BeforeMiB = most / 1048576.0;
            timer = new Timer(_ => most = Math.Max(most, Environment.WorkingSet), null, 50, 50);
        }

        public double BeforeMiB { get; }

        public double MiB => most / 1048576.0;

        public void Dispose() => timer.Dispose();
    }
}
