using LienThong.Gateway.Access;
using LienThong.Gateway.Records;

namespace LienThong.Server.Access;

/// <summary>HIV data: table XML6 and the HIV fields of XML15 are shown only with <see cref="Permissions.ReadSensitive"/>.</summary>
internal static class Sensitive
{
    /// <summary>Code shown instead of the rule of a finding that the caller may not see.</summary>
    public const string HiddenRule = "HIDDEN";

    private static readonly string[] Marks = ["HIV", "ARV", "CTX"];

    /// <summary>Whether a cell must stay hidden from the caller; an empty field means the table or a row of it.</summary>
    public static bool Hides(Caller caller, string table, string field) => !caller.May(Permissions.ReadSensitive) && Holds(table, field);

    /// <summary>Whether a cell belongs to HIV data at all.</summary>
    public static bool Holds(string table, string field) =>
        table == "XML6" || (table == "XML15" && Array.Exists(Marks, mark => field.Contains(mark, StringComparison.Ordinal)));

    /// <summary>
    /// A finding as the caller may see it. Where it lies would already tell that the patient has a HIV record, so that neither table nor rule is named.
    /// </summary>
    public static StoredFinding Shown(Caller caller, StoredFinding finding)
    {
        if (Hides(caller, finding.Table, finding.Field))
        {
            return new StoredFinding(
                HiddenRule, finding.Severity, "", null, "", "", "", "Lỗi ở phần cần quyền xem riêng.", "Nhờ người có quyền xem phần này xử lý.", "", finding.FromFile);
        }
        return finding.Related.Any(r => Hides(caller, r.Table, r.Field))
            ? finding with { Related = [.. finding.Related.Where(r => !Hides(caller, r.Table, r.Field))] }
            : finding;
    }
}
