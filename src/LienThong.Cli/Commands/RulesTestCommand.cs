using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Standard;
using LienThong.Validation;
using LienThong.Validation.Custom;

namespace LienThong.Cli.Commands;

/// <summary><c>rules test FILE --on CORPUS</c></summary>
internal static class RulesTestCommand
{
    private const int Examples = 5;

    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE") { Description = "Tệp quy tắc riêng (YAML).", Arity = ArgumentArity.OneOrMore };
        Option<string[]> on = Setting.Many("--on", "PATH", "Tệp hoặc thư mục hồ sơ để thử; không có thì chỉ kiểm tra tệp quy tắc.");
        on.AllowMultipleArgumentsPerToken = true;
        Option<string?> asOf = Setting.Text("--as-of", "yyyy-MM-dd", "Ngày kiểm tra; mặc định hôm nay.");
        Option<string?> output = Setting.Output();
        var command = new Command("test", "Thử quy tắc riêng trên hồ sơ: trúng bao nhiêu, ví dụ, thời gian.") { files, on, asOf, output };
        command.SetAction(parsed => Run(parsed.GetValue(files)!, parsed.GetValue(on) ?? [], ValidateCommand.Day(parsed.GetValue(asOf)), parsed.WantsJson(output)));
        return command;
    }

    private static int Run(string[] paths, string[] on, DateOnly? asOf, bool json)
    {
        IReadOnlyList<CustomRuleFile> files = RuleFiles.Load(paths);
        var trial = new Trial([.. files.SelectMany(f => f.Rules)]);
        var validator = Validator.Create(new ValidatorOptions { Custom = new CustomRules(files), MaxFindingsPerRuleAndTable = int.MaxValue });
        JudgeContext context = ValidateRun.Context(asOf, null);
        long start = Stopwatch.GetTimestamp();
        foreach (FoundFile file in Files.Walk(on)) trial.Read(file, validator, context);
        trial.Elapsed = Stopwatch.GetElapsedTime(start);
        if (json) Json.Print(trial.Write);
        else trial.Print();
        return trial.Troubles > 0 ? ExitCode.Io : ExitCode.Fine;
    }

    /// <summary>What rules did on a corpus.</summary>
    private sealed class Trial(IReadOnlyList<RuleInfo> rules)
    {
        private readonly Dictionary<string, Hits> hits = rules.DistinctBy(r => r.Code, StringComparer.Ordinal).ToDictionary(r => r.Code, _ => new Hits(), StringComparer.Ordinal);
        private readonly Dictionary<(NotCheckedCause Cause, string List), long> notChecked = [];
        private int records;

        public int Troubles { get; private set; }

        public TimeSpan Elapsed { get; set; }

        public void Read(FoundFile file, Validator validator, JudgeContext context)
        {
            try
            {
                if (file.Trouble is { } trouble) throw new IOException(trouble);
                using var stream = new PlainFileStream(file.Path);
                using var reader = new PackageReader(stream);
                while (reader.Read(out Record? record))
                {
                    if (reader.Kind == DocumentKind.Package) Take(file.Path, record, validator.Judge(record, context with { FacilityCode = reader.Header.FacilityCode }));
                }
            }
            catch (Exception e) when (Files.IsTrouble(e))
            {
                Troubles++;
                Screen.Fail($"{file.Path}: {(file.Trouble is null ? Files.Explain(e) : e.Message)}");
            }
        }

        public void Print()
        {
            foreach (RuleInfo rule in rules)
            {
                Hits own = hits[rule.Code];
                Screen.Out.WriteLine($"{rule.Code,-28} {Words.Label(rule.Severity)}  {Number(own.Findings)} chỗ ở {Number(own.Records)} hồ sơ");
                foreach (Hit hit in own.Examples) Screen.Out.WriteLine($"{Words.Indent}{Words.Faint(Words.Plain($"{hit.MaLk} · {hit.At} = «{hit.Value}»", 160))}\n{Words.Indent}{Words.Plain(hit.Message, 400)}");
            }

            foreach (((NotCheckedCause cause, string list), long count) in notChecked) Screen.Out.WriteLine(Unchecked(cause, list, count));
            Screen.Out.WriteLine();
            Screen.Out.WriteLine(records == 0
                ? $"{rules.Count} quy tắc, không có lỗi cú pháp. Thêm --on THƯ_MỤC để thử trên hồ sơ."
                : string.Create(CultureInfo.InvariantCulture, $"{rules.Count} quy tắc trên {records} hồ sơ trong {Elapsed.TotalSeconds:0.00} giây (đọc và kiểm tra)."));
        }

        public void Write(Utf8JsonWriter json)
        {
            json.WriteStartObject();
            json.WriteNumber("records", records);
            json.WriteNumber("milliseconds", (long)Elapsed.TotalMilliseconds);
            json.WriteStartArray("rules");
            foreach (RuleInfo rule in rules) Write(json, rule, hits[rule.Code]);
            json.WriteEndArray();
            json.WriteStartArray("notChecked");
            foreach (((NotCheckedCause cause, string list), long count) in notChecked)
            {
                json.WriteStartObject();
                json.WriteString("cause", JsonNamingPolicy.CamelCase.ConvertName(cause.ToString()));
                if (list.Length > 0) json.WriteString("list", list);
                json.WriteNumber("count", count);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        private static void Write(Utf8JsonWriter json, RuleInfo rule, Hits own)
        {
            json.WriteStartObject();
            json.WriteString("code", rule.Code);
            json.WriteString("severity", JsonReport.NameOf(rule.Severity));
            json.WriteNumber("findings", own.Findings);
            json.WriteNumber("records", own.Records);
            json.WriteStartArray("examples");
            foreach (Hit hit in own.Examples)
            {
                json.WriteStartObject();
                json.WriteString("file", hit.File);
                json.WriteString("maLk", hit.MaLk);
                json.WriteString("table", hit.At.Table);
                json.WriteNumberOrNull("row", hit.At.Row);
                json.WriteString("field", hit.At.Field);
                json.WriteString("value", hit.Value);
                json.WriteString("message", hit.Message);
                json.WriteEndObject();
            }

            json.WriteEndArray();
            json.WriteEndObject();
        }

        private void Take(string path, Record record, Judgement judgement)
        {
            records++;
            var seen = new HashSet<string>(StringComparer.Ordinal);
            foreach (Finding finding in judgement.Findings)
            {
                if (!hits.TryGetValue(finding.Rule, out Hits? own)) continue;
                own.Findings++;
                if (!seen.Add(finding.Rule)) continue;
                own.Records++;
                if (own.Examples.Count < Examples) own.Examples.Add(new Hit(path, Identity.MaLk(record), finding.At, finding.Value, finding.Message));
            }

            foreach (NotCheckedCount count in judgement.NotChecked)
            {
                bool ours = count.Cause == NotCheckedCause.TooLong || (count.Cause == NotCheckedCause.ListNotLoaded && rules.Any(r => r.NeedsLists.Contains(count.List, StringComparer.Ordinal)));
                if (ours) notChecked[(count.Cause, count.List)] = notChecked.GetValueOrDefault((count.Cause, count.List)) + count.Count;
            }
        }

        private static string Unchecked(NotCheckedCause cause, string list, long count) => cause == NotCheckedCause.TooLong
            ? $"Chưa kiểm tra xong {Number(count)} lượt vì phép tính quá dài: rút gọn quy tắc."
            : $"Chưa kiểm tra được: chưa nạp danh mục {list}.";

        private static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
    }

    private sealed class Hits
    {
        public long Findings { get; set; }

        public long Records { get; set; }

        public List<Hit> Examples { get; } = [];
    }

    private sealed record Hit(string File, string MaLk, Cell At, string Value, string Message);
}
