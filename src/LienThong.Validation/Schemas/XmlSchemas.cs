using System.Collections.Immutable;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>
/// XML Schemas (XSD 1.0) of a release: the package envelope and every table document. They are written from the data that the
/// rules are compiled from, so that a document they refuse is one the rules of structure and form find fault with.
/// </summary>
/// <remarks>What a schema can't say (sums, other tables, dated conditions) stays with the rules; docs/xsd/README.md lists both.</remarks>
public static class XmlSchemas
{
    /// <summary>
    /// Rules about elements that the schemas tell as well. A schema describes the official form, so it refuses what breaks one of
    /// these whatever the severity: unknown, repeated and reordered elements, tables without rows, other elements around the rows.
    /// </summary>
    public static ImmutableArray<string> StructureRules { get; } =
        ["PKG-FIELD-001", "PKG-FIELD-003", "PKG-FIELD-004", "PKG-EMPTY-001", "PKG-INNER-001", "PKG-REL-001", "PKG-XML-001", "PKG-XML1-002"];

    /// <summary>
    /// Families about values that the schemas tell as well; a schema refuses only what they block. The codes of a table's own row
    /// (<c>X3-REQUIRED-001</c>, <c>X6-ENUM-001</c>) belong to the family of that name.
    /// </summary>
    public static ImmutableArray<string> ValueFamilies { get; } =
        ["REQUIRED", "ENUM", "MAXLEN", "TYPE", "DATE8", "DATETIME12", "NONNEG"];

    /// <summary>Codes of problems and findings about the envelope for which <c>GIAMDINHHS.xsd</c> refuses a package, whatever their severity.</summary>
    public static ImmutableArray<string> EnvelopeRules { get; } =
        ["PKG-ROOT-001", "PKG-ROOT-002", "PKG-ROOT-003", "PKG-MACSKCB-001", "PKG-NGAYLAP-001", "PKG-LOAI-001", "PKG-LOAI-002", "PKG-LOAI-003", "PKG-B64-001", "PKG-XML-001"];

    /// <summary>The schemas of a release: <c>GIAMDINHHS.xsd</c>, then one per table, named after it.</summary>
    public static IReadOnlyList<SchemaFile> Of(Release release)
    {
        RuleSet rules = RuleSet.For(release, DayOf(release));
        var files = new List<SchemaFile> { new("GIAMDINHHS.xsd", stream => EnvelopeSchema.Write(stream, release)) };
        foreach (TableSpec table in release.Tables)
        {
            TableChecks checks = rules.Checks(table.Id)!;
            files.Add(new SchemaFile($"{table.Id.Code()}.xsd", stream => TableSchema.Write(stream, release, table, checks)));
        }

        return files;
    }

    /// <summary>True when a finding is one that the schemas of a release refuse the document for.</summary>
    public static bool Tells(Release release, Finding finding)
    {
        if (StructureRules.Contains(finding.Rule, StringComparer.Ordinal)) return true;
        if (finding.Severity != Severity.Block || Family(finding.Rule) is not { } family) return false;
        return family != "REQUIRED" || IsAlwaysRequired(release, finding.At);
    }

    private static string? Family(string rule)
    {
        foreach (string family in ValueFamilies)
        {
            if (rule == $"FAM-{family}" || (rule[0] == 'X' && rule.EndsWith($"-{family}-001", StringComparison.Ordinal))) return family;
        }

        return null;
    }

    // A rule of its own may want a field in some case only, and reports under the same code.
    private static bool IsAlwaysRequired(Release release, Cell at)
    {
        if (!TableNames.TryParse(at.Table, out TableId table) || RuleSet.For(release, DayOf(release)).Checks(table) is not { } checks) return false;
        foreach (FieldCheck check in checks.Fields)
        {
            if (check.Field.Name == at.Field) return check.WhenEmpty == Severity.Block;
        }

        return false;
    }

    // The adjustments of a release don't change while it is in force; its first mandatory day, or for older ones its last, stands for all.
    private static DateOnly DayOf(Release release) =>
        release.MandatoryFrom ?? release.SupersededFrom?.AddDays(-1) ?? DateOnly.MaxValue;
}

/// <summary>A schema to be written.</summary>
/// <param name="Name">File name, e.g. <c>XML3.xsd</c>.</param>
/// <param name="Write">Writes it, in UTF-8; the stream stays open.</param>
public sealed record SchemaFile(string Name, Action<Stream> Write);
