using LienThong.Standard;
using static LienThong.Validation.Forms;

namespace LienThong.Validation;

/// <summary>XML1: who the patient is.</summary>
internal static class PersonRules
{
    private static readonly BytePattern VietnameseId = BytePattern.Of("^([0-9]{9}|[0-9]{12}|[A-Z][0-9]{7}|[A-Z]{2}[0-9]{7})$");
    private static readonly BytePattern ForeignId = BytePattern.Of("^[A-Z0-9]{6,15}$");
    private static readonly BytePattern AnyId = BytePattern.Of("^[A-Za-z0-9]{6,20}$");
    private static readonly BytePattern NineOrTwelveDigits = BytePattern.Of("^([0-9]{9}|[0-9]{12})$");
    private static readonly BytePattern TwoDigits = BytePattern.Of("^[0-9]{2}$");
    private static readonly BytePattern FiveDigits = BytePattern.Of("^[0-9]{5}$");

    public static readonly Rule[] All =
    [
        // The key of the episode has no blanks and no characters that need care in files and lists.
        Text("X1-MA_LK-001", Xml1.MA_LK, "^[^\\s;,<>&\"']+$"),

        // A name has no digits and at least two letters.
        new RowRule("X1-HO_TEN-001", Xml1.HO_TEN, static (row, _) =>
            row[Xml1.HO_TEN].IsEmpty ? Answer.NotApplicable : IsName(row[Xml1.HO_TEN])),

        // Before QĐ 3176 a Vietnamese identity number had a fixed form.
        new RowRule("X1-SO_CCCD-001", Xml1.SO_CCCD, static (row, _) =>
            row[Xml1.SO_CCCD].IsEmpty || !IsVietnamese(row) ? Answer.NotApplicable : VietnameseId.Matches(row[Xml1.SO_CCCD].Trimmed)),

        new RowRule("X1-SO_CCCD-002", Xml1.SO_CCCD, static (row, _) =>
            row[Xml1.SO_CCCD].IsEmpty || IsVietnamese(row) ? Answer.NotApplicable : ForeignId.Matches(row[Xml1.SO_CCCD].Trimmed)),

        // From 14 years on people have an identity number.
        new RowRule("X1-SO_CCCD-003", Xml1.SO_CCCD, static (row, record) =>
            record.Born.IsPresent && record.Arrived.IsPresent && IsVietnamese(row)
                && record.Born.Value.YearsOn(record.Arrived.Value.Day()) >= 14
                ? !row[Xml1.SO_CCCD].IsEmpty
                : Reading.Missing(record.Born, record.Arrived), Xml1.NGAY_SINH, Xml1.NGAY_VAO),

        // Twelve digits tell century, sex and year of birth.
        new RowRule("X1-SO_CCCD-004", Xml1.SO_CCCD, static (row, record) => TellsBirth(row, record), Xml1.NGAY_SINH, Xml1.GIOI_TINH),

        new RowRule("X1-SO_CCCD-005", Xml1.SO_CCCD, static (row, _) => LooksLikeId(row)),

        // Twelve digits; what nobody knows is 00.
        new RowRule("X1-NGAY_SINH-001", Xml1.NGAY_SINH, static (row, record) =>
            record.Born.IsAbsent ? Answer.NotApplicable : record.Born.IsPresent)
        {
            OwnsForm = true,
        },

        // Nobody comes before being born.
        new RowRule("X1-NGAY_SINH-002", Xml1.NGAY_SINH, static (_, record) =>
            record.Born.IsPresent && record.Arrived.IsPresent
                ? !record.Born.Value.IsAfter(record.Arrived.Value)
                : Reading.Missing(record.Born, record.Arrived), Xml1.NGAY_VAO),

        // Newborns up to 28 days have hour and minute, children of the year have a month.
        new RowRule("X1-NGAY_SINH-003", Xml1.NGAY_SINH, static (_, record) =>
            record.Born.IsPresent && record.Arrived.IsPresent
                ? HasExactBirth(record.Born.Value, record.Arrived.Value.Day())
                : Reading.Missing(record.Born, record.Arrived), Xml1.NGAY_VAO),

        new RowRule("X1-NGAY_SINH-004", Xml1.NGAY_SINH, static (_, record) =>
            !record.Born.IsPresent || !record.Arrived.IsPresent
                ? Reading.Missing(record.Born, record.Arrived)
                : record.Born.Value.YearsOn(record.Arrived.Value.Day()) is var age && age <= 120
                    ? Answer.Holds
                    : Breach.With("age", Show.Number(age)), Xml1.NGAY_VAO),

        Text("X1-GIOI_TINH-001", Xml1.GIOI_TINH, "^[123]$"),
        Text("X1-NHOM_MAU-001", Xml1.NHOM_MAU, "^([Aa]|[Bb]|[Aa][Bb]|[Oo]) ?([Rr][Hh])?[+-]?$"),
        Text("X1-MA_QUOCTICH-001", Xml1.MA_QUOCTICH, "^[0-9]{3}$"),
        Text("X1-MA_DANTOC-001", Xml1.MA_DANTOC, "^[0-9]{2}$"),

        // A record of that time may be sent again in the form of QĐ 3176, which has two digits.
        new RowRule("X1-MA_NGHE_NGHIEP-001", Xml1.MA_NGHE_NGHIEP, static (row, record) =>
            row[Xml1.MA_NGHE_NGHIEP].IsEmpty || record.Release.Field(Xml1.MA_NGHE_NGHIEP) is { MaxLength: < 5 } ? Answer.NotApplicable
            : FiveDigits.Matches(row[Xml1.MA_NGHE_NGHIEP].Trimmed))
        {
            OwnsForm = true,
        },

        // Two digits from QĐ 3176 on; the five of the old list still tell the first two.
        new RowRule("X1-MA_NGHE_NGHIEP-002", Xml1.MA_NGHE_NGHIEP, static (row, _) =>
            row[Xml1.MA_NGHE_NGHIEP].IsEmpty ? Answer.NotApplicable
            : TwoDigits.Matches(row[Xml1.MA_NGHE_NGHIEP].Trimmed) ? Answer.Holds
            : FiveDigits.Matches(row[Xml1.MA_NGHE_NGHIEP].Trimmed) ? Breach.As(Severity.Info) : Answer.Broken)
        {
            OwnsForm = true,
        },

        new RowRule("X1-DIEN_THOAI-001", Xml1.DIEN_THOAI, static (row, _) =>
            row[Xml1.DIEN_THOAI].IsEmpty ? Answer.NotApplicable : IsPhone(row[Xml1.DIEN_THOAI].Trimmed)),

        Text("X1-MATINH-001", Xml1.MATINH_CU_TRU, "^[0-9]{2}$"),
        Text("X1-MAXA-001", Xml1.MAXA_CU_TRU, "^[0-9]{5}$"),

        // Districts are abolished since July 2025, but the portal may still ask for one.
        new RowRule("X1-MAHUYEN-001", Xml1.MAHUYEN_CU_TRU, static (row, _) => !row[Xml1.MAHUYEN_CU_TRU].IsEmpty),
    ];

    /// <summary>The forms of identity number that <c>X1-SO_CCCD</c> accepts, for other tables; the milder case is a hint.</summary>
    public static Answer JudgeId(Value id, bool vietnamese, bool sinceQD3176)
    {
        if (id.IsEmpty) return Answer.NotApplicable;
        if (!sinceQD3176) return (vietnamese ? VietnameseId : ForeignId).Matches(id.Trimmed);
        if (!AnyId.Matches(id.Trimmed)) return Answer.Broken;
        return !vietnamese || NineOrTwelveDigits.Matches(id.Trimmed) ? Answer.Holds : Breach.As(Severity.Info);
    }

    private static bool IsVietnamese(Row row) => row[Xml1.MA_QUOCTICH].Is("000"u8);

    private static Answer LooksLikeId(Row row) => JudgeId(row[Xml1.SO_CCCD], IsVietnamese(row), sinceQD3176: true);

    private static bool IsName(Value name) =>
        name.CharacterCount >= 2 && name.Trimmed.IndexOfAnyInRange((byte)'0', (byte)'9') < 0 && !HasStrange(name.Trimmed);

    private static bool HasStrange(ReadOnlySpan<byte> name)
    {
        foreach (byte b in name)
        {
            if (b is (byte)';' or (byte)'<' or (byte)'>' or (byte)'{' or (byte)'}' or (byte)'|' or (byte)'\\') return true;
        }

        return false;
    }

    private static Answer TellsBirth(Row row, RecordView record)
    {
        ReadOnlySpan<byte> id = row[Xml1.SO_CCCD].Trimmed;
        if (id.Length != 12 || id.IndexOfAnyExceptInRange((byte)'0', (byte)'9') >= 0) return Answer.NotApplicable;
        if (!record.Born.IsPresent) return Answer.Missing(record.Born);
        int century = id[3] - '0';
        int year = 1900 + (100 * (century / 2)) + ((id[4] - '0') * 10) + id[5] - '0';
        ReadOnlySpan<byte> sex = century % 2 == 0 ? "1"u8 : "2"u8;
        return record.Born.Value.Year == year && (row[Xml1.GIOI_TINH].Is("3"u8) || row[Xml1.GIOI_TINH].Is(sex));
    }

    private static Answer HasExactBirth(Birth born, DateOnly day)
    {
        if (born.Month == 0) return born.Year != day.Year;
        return !born.HasDay || born.Minutes > 0 || born.DaysOn(day) is not (>= 0 and <= 28);
    }

    private static bool IsPhone(ReadOnlySpan<byte> text)
    {
        Span<byte> digits = stackalloc byte[20];
        int count = 0;
        foreach (byte b in text)
        {
            if (b is >= (byte)'0' and <= (byte)'9')
            {
                if (count == digits.Length) return false;
                digits[count++] = b;
            }
            else if (b is not ((byte)' ' or (byte)'.' or (byte)'-' or (byte)'+' or (byte)'(' or (byte)')'))
            {
                return false;
            }
        }

        digits = digits[..count];
        int prefix = digits.StartsWith("84"u8) ? 2 : digits.StartsWith("0"u8) ? 1 : 0;
        return prefix > 0 && count - prefix is >= 8 and <= 10;
    }
}
