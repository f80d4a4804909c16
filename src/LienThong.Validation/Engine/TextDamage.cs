using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>
/// PKG-ENC-002: text that lost its letters on the way (U+FFFD), was encoded twice (<c>Ã¡</c> for <c>á</c>), or isn't composed (NFD).
/// The whole record's bytes are searched first; cells are looked at only when something was found.
/// </summary>
internal static class TextDamage
{
    private const int Pairs = 3;
    private static readonly RuleInfo Rule = RuleCatalogue.Get("PKG-ENC-002");

    private static ReadOnlySpan<byte> Lost => "\uFFFD"u8;

    public static void Judge(Record record, RuleSet rules, Report report)
    {
        ReadOnlySpan<byte> all = record.Bytes;
        bool damaged = all.IndexOf(Lost) >= 0 || CountPairs(all) >= Pairs;
        bool decomposed = HasCombining(all);
        if (!damaged && !decomposed) return;
        for (int t = 0; t < TableNames.Count; t++)
        {
            if (record[(TableId)t] is { } table && rules.Release.Table(table.Id) is { } spec) JudgeTable(table, spec, report);
        }
    }

    private static void JudgeTable(Table table, TableSpec spec, Report report)
    {
        for (int i = 0; i < table.Count; i++)
        {
            foreach (FieldSpec field in spec.List)
            {
                ReadOnlySpan<byte> text = table[i][field.Id].Raw;
                if (text.IndexOf(Lost) >= 0 || CountPairs(text) >= Pairs) report.Add(Rule, table[i], field.Id);
                else if (HasCombining(text)) report.Add(Rule, table[i], field.Id, Composed());
            }
        }
    }

    private static Breach Composed() =>
        Breach.As(Severity.Info).Saying("Chữ có dấu viết rời (NFD). Vẫn đọc được; khi gửi sẽ ghi lại dạng dựng sẵn (NFC).");

    // Ã Â Ä Å Æ are C3 82..86; what follows in a text encoded twice is U+0080..U+00BF: C2 80..BF.
    private static int CountPairs(ReadOnlySpan<byte> text)
    {
        int count = 0;
        int at = 0;
        while (text[at..].IndexOf((byte)0xC2) is var next and >= 0)
        {
            at += next;
            if (at >= 2 && text[at - 2] == 0xC3 && text[at - 1] is >= 0x82 and <= 0x86) count++;
            at++;
        }

        return count;
    }

    // U+0300..U+036F, the accents of decomposed Vietnamese, are CC 80..CD AF.
    private static bool HasCombining(ReadOnlySpan<byte> text) => text.IndexOfAny((byte)0xCC, (byte)0xCD) >= 0;
}
