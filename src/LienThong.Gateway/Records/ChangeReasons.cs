using System.Reflection;
using System.Text.Json.Serialization;

namespace LienThong.Gateway.Records;

/// <summary>One entry of the list of reasons for a new version.</summary>
/// <param name="Code">Stable code, e.g. <c>portal-fault</c>.</param>
/// <param name="Name">Vietnamese, for people.</param>
/// <param name="NeedsReference">The exchange with BHXH has to be named.</param>
public sealed record ReasonEntry(string Code, string Name, bool NeedsReference)
{
    /// <summary>A person may choose it; otherwise only the product gives it.</summary>
    public bool IsChoice => Code != ChangeReasons.HisChanged;

    /// <summary>Folded phrases of a free text that mean it.</summary>
    [JsonIgnore]
    internal IReadOnlyList<string> Words { get; init; } = [];
}

/// <summary>The list of reasons for a new version, as data (<c>change_reasons.csv</c>).</summary>
/// <remarks>Source: processes of correction and replacement; TT 48/2017/TT-BYT, Điều 13 khoản 9 (reason agreed with BHXH).</remarks>
public static class ChangeReasons
{
    /// <summary>Code of a version of the hospital system that came without a reason.</summary>
    public const string HisChanged = "his-changed";

    /// <summary>All entries, in the order people are offered them.</summary>
    public static IReadOnlyList<ReasonEntry> All { get; } = Read();

    /// <summary>The entry of a code; null when there is none.</summary>
    public static ReasonEntry? Find(string? code) => code is null ? null : All.FirstOrDefault(r => r.Code == code);

    /// <summary>The entry that a free text means: by code, by name, else by the longest phrase in it; null when it says none of them.</summary>
    internal static ReasonEntry? Meant(string text)
    {
        string folded = $" {SearchText.Fold(text)} ";
        return All.FirstOrDefault(r => folded == $" {r.Code} " || folded == $" {SearchText.Fold(r.Name)} ")
            ?? All.SelectMany(r => r.Words.Select(w => (Entry: r, Word: w))).Where(p => folded.Contains($" {p.Word} ", StringComparison.Ordinal))
                .OrderByDescending(p => p.Word.Length).Select(p => p.Entry).FirstOrDefault();
    }

    private static List<ReasonEntry> Read()
    {
        using Stream data = Assembly.GetExecutingAssembly().GetManifestResourceStream("Records/change_reasons.csv")
            ?? throw new InvalidOperationException("change_reasons.csv isn't embedded.");
        using StreamReader reader = new(data);
        List<ReasonEntry> entries = [];
        reader.ReadLine();
        while (reader.ReadLine() is { Length: > 0 } line)
        {
            string[] cells = line.Split(',');
            entries.Add(new ReasonEntry(cells[0], cells[1], cells[2] == "required")
            {
                Words = [.. cells[3].Split('|', StringSplitOptions.RemoveEmptyEntries).Select(SearchText.Fold)],
            });
        }
        return entries;
    }
}

/// <summary>Why a version takes the place of another.</summary>
/// <param name="Code">Entry of <see cref="ChangeReasons"/>; null when the text fits none.</param>
/// <param name="Text">In words; empty when the entry says enough.</param>
public sealed record ChangeReason(string? Code, string Text)
{
    private const int LongestText = 500, LongestNumber = 100;

    /// <summary>Number of the letter, minutes or message in which it was agreed with BHXH; null when there was none.</summary>
    public string? ReferenceNumber { get; init; }

    /// <summary>Day of that exchange.</summary>
    public DateOnly? ReferenceDate { get; init; }

    /// <summary>What people read: the text, or the name of the entry.</summary>
    public string Shown => Text.Trim().Length > 0 ? Text.Trim() : ChangeReasons.Find(Code)?.Name ?? "";

    /// <summary>A reason that a hospital system gives in words; those that mean an entry of the list get its code.</summary>
    public static ChangeReason FromString(string text)
    {
        ReasonEntry? meant = ChangeReasons.Meant(text);
        return new ChangeReason(meant?.Code, meant is not null && text.Trim() == meant.Code ? "" : text.Trim());
    }

    /// <summary>A reason a person gives in words, outside the list; nothing for nothing.</summary>
    [return: System.Diagnostics.CodeAnalysis.NotNullIfNotNull(nameof(text))]
    public static implicit operator ChangeReason?(string? text) => text is null ? null : new(null, text);

    /// <summary>Why it isn't good enough for a change a person makes, in Vietnamese; null when it is.</summary>
    /// <param name="today">Today in Vietnam.</param>
    public string? Complaint(DateOnly today)
    {
        if (Code is not null && ChangeReasons.Find(Code) is not { IsChoice: true })
            return $"Không có mã lý do «{(Code.Length > 40 ? Code[..40] : Code)}». Chọn một trong: {string.Join(", ", ChangeReasons.All.Where(r => r.IsChoice).Select(r => r.Code))}.";
        if (Shown.Length == 0 || (Code == "other" && Text.Trim().Length == 0))
            return "Ghi lý do sửa.";
        if (Text.Length > LongestText)
            return $"Lý do dài tối đa {LongestText} ký tự.";
        if (ReferenceNumber?.Length > LongestNumber)
            return $"Số văn bản dài tối đa {LongestNumber} ký tự.";
        if (ReferenceDate > today)
            return "Ngày văn bản sai hoặc ở tương lai; ghi dạng dd/MM/yyyy.";
        if (ReferenceDate is not null && string.IsNullOrWhiteSpace(ReferenceNumber))
            return "Ghi cả số văn bản trao đổi với BHXH.";
        return ChangeReasons.Find(Code) is { NeedsReference: true, Name: var name } && (string.IsNullOrWhiteSpace(ReferenceNumber) || ReferenceDate is null)
            ? $"Lý do «{name}» cần số và ngày văn bản trao đổi với BHXH."
            : null;
    }

    /// <summary>For the audit log: code, text and reference in one line.</summary>
    internal string Noted() => $"[{Code ?? "-"}] {Shown}{(ReferenceNumber is { Length: > 0 } number ? $" ({number}, {ReferenceDate:yyyy-MM-dd})" : "")}";
}
