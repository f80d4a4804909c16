using System.CommandLine;
using LienThong.Cli.Terminal;
using LienThong.Samples;

namespace LienThong.Cli.Commands;

/// <summary><c>samples generate DIR</c></summary>
internal static class SamplesCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var folder = new Argument<string>("DIR") { Description = "Thư mục nhận tệp; được tạo nếu chưa có." };
        Option<string?> files = Setting.Text("--files", "N", "Số tệp; mặc định 10.");
        Option<string?> perFile = Setting.Text("--records-per-file", "N", "Số hồ sơ mỗi tệp; mặc định 1.");
        Option<string?> inpatient = Setting.Text("--inpatient-per-mille", "N", "Số hồ sơ nội trú trong 1000; mặc định 130.");
        Option<string?> longStay = Setting.Text("--long-stay-per-mille", "N", "Số hồ sơ nằm viện dài ngày trong 1000; mặc định 0.");
        Option<string?> errors = Setting.Text("--error-per-mille", "N", "Số hồ sơ có lỗi biết trước trong 1000, đáp án ở answers.json; mặc định 0.");
        Option<string?> seed = Setting.Text("--seed", "N", "Hạt giống; cùng hạt giống cho cùng hồ sơ. Mặc định 1.");
        Option<string?> facility = Setting.Text("--facility", "CODE", "Mã cơ sở 5 chữ số; mặc định 99001.");
        Option<string?> release = Setting.Text("--release", "ID", "Chuẩn dùng để viết, ví dụ QD3176; mặc định theo NGAY_RA.");
        Option<string?> from = Setting.Text("--from", "yyyy-MM-dd", "NGAY_RA đầu tiên; mặc định 2026-07-01.");
        Option<string?> to = Setting.Text("--to", "yyyy-MM-dd", "NGAY_RA cuối cùng; mặc định 2026-09-30.");
        var lists = new Option<bool>("--lists") { Description = "Viết kèm danh mục của cơ sở mẫu (01/DM–06/DM …) vào DIR/lists; lỗi gồm cả lỗi chỉ thấy khi đã nạp danh mục." };
        Option<bool> pairs = Setting.Switch("--pairs", "Một phần năm số lỗi là lỗi giữa hai hồ sơ (trùng đợt, trùng dịch vụ, trùng MA_LK, trùng người thực hiện); chỉ thấy khi kiểm tra cùng nhau, ví dụ bằng send.");
        Option<bool> visits = Setting.Switch("--visits", "Viết các lượt khám như HIS chuyển sang (visits.ndjson, mỗi dòng một lượt) thay vì gói XML.");
        var generate = new Command("generate", "Viết hồ sơ bịa (không ai có thật) để thử.") { folder, files, perFile, inpatient, longStay, errors, lists, pairs, visits, seed, facility, release, from, to };
        generate.SetAction(parsed => Generate(parsed.GetValue(folder)!, parsed.GetValue(visits), new CorpusOptions
        {
            Files = parsed.Number(files, 1, 10_000_000, 10),
            RecordsPerFile = parsed.Number(perFile, 1, 1_000_000, 1),
            InpatientPerMille = parsed.Number(inpatient, 0, 1000, 130),
            LongStayPerMille = parsed.Number(longStay, 0, 1000, 0),
            WithLists = parsed.GetValue(lists),
            WithPairs = parsed.GetValue(pairs),
            ErrorPerMille = parsed.Number(errors, 0, 1000, 0),
            Samples = Options(parsed.Number(seed, 0, int.MaxValue, 1), parsed.GetValue(facility), ValidateCommand.ReleaseOf(parsed.GetValue(release)), Day(parsed, from), Day(parsed, to)),
        }));
        return new Command("samples", "Hồ sơ mẫu.") { generate };
    }

    private static DateOnly? Day(ParseResult parsed, Option<string?> option) => parsed.GetValue(option) is not { } text ? null
        : Validate.ValidateArguments.ReadDay(text) ?? throw CommandFailure.Usage($"{option.Name} phải là ngày dạng yyyy-MM-dd, không nhận «{Words.Plain(text, 40)}».");

    private static SampleOptions Options(int seed, string? facility, string? release, DateOnly? from, DateOnly? to)
    {
        var options = new SampleOptions { Seed = seed, ReleaseId = release };
        return options with { FacilityCode = facility ?? options.FacilityCode, From = from ?? options.From, To = to ?? options.To };
    }

    private static int Generate(string folder, bool visits, CorpusOptions options)
    {
        CorpusWriter writer;
        try
        {
            writer = new CorpusWriter(options);
        }
        catch (ArgumentException e)
        {
            throw CommandFailure.Usage($"không viết được mẫu như vậy: {e.Message}");
        }

        long bytes;
        try
        {
            bytes = visits ? writer.WriteVisits(folder) : writer.WriteFolder(folder);
        }
        catch (InvalidOperationException e)
        {
            throw CommandFailure.Usage($"không có chuẩn bắt buộc vào những ngày đó, hãy chọn --release: {e.Message}");
        }

        Screen.Out.WriteLine(visits
            ? $"{folder}: {(long)options.Files * options.RecordsPerFile} lượt khám, {Words.Size(bytes)}."
            : $"{folder}: {options.Files} tệp, {(long)options.Files * options.RecordsPerFile} hồ sơ, {Words.Size(bytes)}.");
        return ExitCode.Fine;
    }
}
