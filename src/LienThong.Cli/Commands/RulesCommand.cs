using System.CommandLine;
using System.Globalization;
using LienThong.Cli.Terminal;
using LienThong.Cli.Validate;
using LienThong.Validation;

namespace LienThong.Cli.Commands;

/// <summary><c>rules list</c></summary>
internal static class RulesCommand
{
    /// <summary>The verb with its options.</summary>
    public static Command Create()
    {
        Option<string?> asOf = Setting.Text("--as-of", "yyyy-MM-dd", "Chỉ quy tắc áp dụng ngày này; mặc định tất cả.");
        Option<string?> table = Setting.Text("--table", "BẢNG", "Chỉ quy tắc của bảng này, ví dụ XML3.");
        Option<string?> output = Setting.Output();
        var list = new Command("list", "Liệt kê quy tắc kiểm tra.") { asOf, table, output };
        list.SetAction(parsed => List(ValidateCommand.Day(parsed.GetValue(asOf)), parsed.GetValue(table), parsed.WantsJson(output)));
        return new Command("rules", "Quy tắc kiểm tra.") { list };
    }

    private static int List(DateOnly? day, string? table, bool json)
    {
        RuleInfo[] rules = [.. RuleCatalogue.All.Where(r =>
            (day is not { } on || r.AppliesOn(on)) && (table is null || string.Equals(r.Table, table, StringComparison.OrdinalIgnoreCase)))];
        if (json)
        {
            Json.Print(j =>
            {
                j.WriteStartObject();
                j.WriteStartArray("rules");
                foreach (RuleInfo rule in rules)
                {
                    j.WriteStartObject();
                    j.WriteString("code", rule.Code);
                    j.WriteString("severity", JsonReport.NameOf(rule.Severity));
                    j.WriteString("table", rule.Table);
                    j.WriteString("fields", rule.Fields);
                    j.WriteString("from", Iso(rule.EffectiveFrom));
                    j.WriteString("to", rule.EffectiveTo is { } to ? Iso(to) : null);
                    j.WriteString("message", rule.MessageVi);
                    j.WriteString("fix", rule.Fix);
                    j.WriteString("legalBasis", rule.LegalBasis);
                    j.WriteStartArray("needsLists");
                    foreach (string name in rule.NeedsLists) j.WriteStringValue(name);
                    j.WriteEndArray();
                    j.WriteEndObject();
                }

                j.WriteEndArray();
                j.WriteEndObject();
            });
            return ExitCode.Fine;
        }

        foreach (RuleInfo rule in rules)
        {
            Screen.Out.WriteLine($"{rule.Code,-28} {Words.Label(rule.Severity)}  {rule.MessageVi}");
            Screen.Out.WriteLine($"{"",-28} {"",-8}  {Words.Faint(Period(rule))}");
        }

        Screen.Out.WriteLine();
        Screen.Out.WriteLine($"{rules.Length} quy tắc.");
        return ExitCode.Fine;
    }

    private static string Period(RuleInfo rule)
    {
        string from = rule.EffectiveFrom > new DateOnly(1900, 1, 1) ? $"từ {rule.EffectiveFrom:dd/MM/yyyy}" : "";
        string to = rule.EffectiveTo is { } end ? $" đến {end:dd/MM/yyyy}" : "";
        return string.Join(" · ", new[] { rule.LegalBasis, (from + to).Trim() }.Where(s => s.Length > 0));
    }

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
