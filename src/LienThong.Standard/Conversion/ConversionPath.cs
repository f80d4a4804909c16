using System.Collections.Concurrent;
using System.Text.RegularExpressions;

namespace LienThong.Standard;

/// <summary>Everything that converting from a release to another needs to know; made once per pair.</summary>
internal sealed class ConversionPath
{
    private static readonly ConcurrentDictionary<(string From, string To), ConversionPath?> Known = new();

    private readonly TableForm?[] tables = new TableForm?[TableNames.Count];

    private ConversionPath(Release from, Release to, List<ConversionStep> steps)
    {
        Steps = steps;
        ConversionRule[] rules = [.. steps.SelectMany(s => s.Rules)];
        HashSet<FieldId> moved = [.. rules.Where(r => r.Source != r.Target).Select(r => r.Target)];
        HashSet<FieldId> computed = [.. rules.Where(r => r.Action == ConversionAction.Compute).Select(r => r.Target)];
        foreach (TableSpec spec in to.Tables) tables[(int)spec.Id] = new TableForm(from, spec, moved, computed);
    }

    public List<ConversionStep> Steps { get; }

    /// <summary>The path between two releases; null when there is none.</summary>
    public static ConversionPath? Between(Release from, Release to) => Known.GetOrAdd((from.Id, to.Id), _ =>
        ConversionStep.Between(from, to) is { } steps ? new ConversionPath(from, to, steps) : null);

    /// <summary>What has to be held against a table; null when the target release doesn't have it.</summary>
    public TableForm? Form(TableId table) => tables[(int)table];

    /// <summary>The line that says why a field has no place any more; null when the data doesn't.</summary>
    public ConversionRule? Gone(FieldId field)
    {
        foreach (ConversionStep step in Steps)
        {
            if (step.Rules.Find(r => r.Action == ConversionAction.Gone && r.Source == field) is { } rule) return rule;
        }

        return null;
    }
}

/// <summary>How the target release's form of a table differs from the source's.</summary>
internal sealed class TableForm
{
    private const string InSomeCases = "bắt buộc trong một số trường hợp; ";
    private const string NotThere = "chuẩn cũ không có thông tin này";

    /// <summary>Compares the two.</summary>
    /// <param name="from">The source release.</param>
    /// <param name="spec">The table as the target release has it.</param>
    /// <param name="moved">Fields that take the value of another one.</param>
    /// <param name="computed">Fields that are worked out.</param>
    public TableForm(Release from, TableSpec spec, HashSet<FieldId> moved, HashSet<FieldId> computed)
    {
        Spec = spec;
        TableSpec? older = from.Table(spec.Id);
        foreach (FieldSpec field in spec.List)
        {
            FieldSpec? before = older?.Find(field.Id);
            if (field.Required == Requirement.Always)
            {
                Always.Add((field, computed.Contains(field.Id) ? "bắt buộc; không tính được từ số liệu của hồ sơ" : before is null && !moved.Contains(field.Id) ? $"bắt buộc; {NotThere}" : "bắt buộc; hồ sơ gốc để trống"));
            }

            bool asked = field.Required == Requirement.Conditional && (before is null || before.Required == Requirement.Optional);
            if (asked && !moved.Contains(field.Id)) Sometimes.Add((field, InSomeCases + (before is null ? NotThere : "chuẩn cũ không đòi hỏi")));
            if (before is null || before.MaxLength != field.MaxLength || before.Pattern != field.Pattern) Changed.Add((field, PatternOf(field)));
        }
    }

    public TableSpec Spec { get; }

    /// <summary>Fields that must always be filled, and what is told when one is empty.</summary>
    public List<(FieldSpec Field, string Why)> Always { get; } = [];

    /// <summary>Fields that must be filled in some cases and that the source release didn't ask for, and what is told when one is empty.</summary>
    public List<(FieldSpec Field, string Why)> Sometimes { get; } = [];

    /// <summary>Fields whose length or form differs.</summary>
    public List<(FieldSpec Field, Regex? Pattern)> Changed { get; } = [];

    private static Regex? PatternOf(FieldSpec field) =>
        field.Pattern.Length == 0 ? null : new Regex(field.Pattern, RegexOptions.CultureInvariant | RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(10));
}
