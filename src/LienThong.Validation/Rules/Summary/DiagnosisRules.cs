using LienThong.Standard;
using static LienThong.Validation.Forms;

namespace LienThong.Validation;

/// <summary>XML1: diagnoses and procedures.</summary>
internal static class DiagnosisRules
{
    private const int MostCodes = 100;
    private const int MostReason = 5;
    private static readonly BytePattern Icd10 = BytePattern.Of("^[A-Z][0-9]{2}(\\.[0-9]{1,2})?([*+]|†)?$");
    private static readonly BytePattern Traditional = BytePattern.Of("^U[0-9]{2}(\\.[0-9]{1,3})?$");
    private static readonly BytePattern TraditionalSpecialty = BytePattern.Of("^K16[0-9.]*$");
    private static readonly BytePattern ComplicationOfCare = BytePattern.Of("^T(3[6-9]|4[0-9]|50|8[0-8])[.0-9*+]*$");

    public static readonly Rule[] All =
    [
        // One main disease, in the form of ICD-10.
        new RowRule("X1-MA_BENH_CHINH-001", Xml1.MA_BENH_CHINH, static (row, _) =>
            row[Xml1.MA_BENH_CHINH].IsEmpty ? Answer.NotApplicable
                : row[Xml1.MA_BENH_CHINH].CharacterCount <= 7 && Icd10.Matches(row[Xml1.MA_BENH_CHINH].Trimmed))
        {
            OwnsForm = true,
        },

        // Up to twelve further diseases.
        new RowRule("X1-MA_BENH_KT-001", Xml1.MA_BENH_KT, static (row, _) =>
        {
            int count = 0;
            foreach (ReadOnlySpan<byte> code in row[Xml1.MA_BENH_KT].Items())
            {
                if (code.IsEmpty) continue;
                count++;
                if (!Icd10.Matches(code)) return Breach.OfPart(code).And("count", CountOf(row));
            }

            return count <= 12 ? Answer.Holds : Breach.With("count", Show.Number(count));
        }),

        // No disease twice, not even with another marker. Lists far beyond the twelve allowed are left to X1-MA_BENH_KT-001.
        new RowRule("X1-MA_BENH_KT-002", Xml1.MA_BENH_KT, static (row, _) =>
        {
            if (row[Xml1.MA_BENH_KT].Items().Count() > MostCodes) return Answer.Malformed;
            int i = 0;
            foreach (ReadOnlySpan<byte> code in row[Xml1.MA_BENH_KT].Items())
            {
                i++;
                if (code.IsEmpty) continue;
                if (Bare(code).SequenceEqual(Bare(row[Xml1.MA_BENH_CHINH].Trimmed)) || OccursBefore(row, code, i)) return Breach.OfPart(code);
            }

            return Answer.Holds;
        }, Xml1.MA_BENH_CHINH),

        Items("X1-MA_PTTT_QT-001", Xml1.MA_PTTT_QT, "^[0-9]{2}(\\.[0-9]{1,2})?$"),

        new RowRule("X1-MA_PTTT_QT-002", Xml1.MA_PTTT_QT, static (row, record) =>
            row[Xml1.MA_PTTT_QT].IsEmpty && record.HasService(8) ? Answer.Broken : Answer.NotApplicable, Xml3.MA_NHOM),

        new RowRule("X1-MA_BENH_YHCT-001", Xml1.MA_BENH_YHCT, static (row, record) =>
        {
            int count = 0;
            foreach (ReadOnlySpan<byte> code in row[Xml1.MA_BENH_YHCT].Items())
            {
                count++;
                if (!code.IsEmpty && !Traditional.Matches(code) && !IsTraditional(code, record)) return Breach.OfPart(code);
            }

            return !record.SinceQD3176 || count <= 13;
        }),

        new RowRule("X1-MA_BENH_YHCT-002", Xml1.MA_BENH_YHCT, static (row, record) =>
            UsesTraditionalMedicine(row, record) ? !row[Xml1.MA_BENH_YHCT].IsEmpty : Answer.NotApplicable),

        // The ministry hasn't issued the list of reasons; only their length is known.
        new RowRule("X1-MA_LY_DO_VNT-001", Xml1.MA_LY_DO_VNT, static (row, _) =>
            row[Xml1.MA_LY_DO_VNT].IsEmpty ? Answer.NotApplicable : row[Xml1.MA_LY_DO_VNT].Text.Trim().EnumerateRunes().Count() <= MostReason),

        Text("X1-MA_TAI_NAN-001", Xml1.MA_TAI_NAN, "^[0-8]$"),

        // Injuries have a cause.
        new RowRule("X1-MA_TAI_NAN-002", Xml1.MA_TAI_NAN, static (row, _) =>
            row[Xml1.MA_BENH_CHINH].Trimmed is [(byte)'S' or (byte)'T', ..] && !ComplicationOfCare.Matches(row[Xml1.MA_BENH_CHINH].Trimmed)
                ? !row[Xml1.MA_TAI_NAN].IsEmpty && !row[Xml1.MA_TAI_NAN].Is("0"u8)
                : Answer.NotApplicable, Xml1.MA_BENH_CHINH),

        // What is only suspected belongs into the diagnosis on arrival.
        new RowRule("X1-CHAN_DOAN_RV-001", Xml1.CHAN_DOAN_RV, static (row, _) => !IsDoubtful(row[Xml1.CHAN_DOAN_RV])),
    ];

    private static ReadOnlySpan<byte> Bare(ReadOnlySpan<byte> code)
    {
        if (code.EndsWith("†"u8)) return code[..^3];
        while (!code.IsEmpty && (code[^1] is (byte)'*' or (byte)'+')) code = code[..^1];
        return code;
    }

    private static bool OccursBefore(Row row, ReadOnlySpan<byte> code, int position)
    {
        int i = 0;
        foreach (ReadOnlySpan<byte> other in row[Xml1.MA_BENH_KT].Items())
        {
            if (++i >= position) return false;
            if (Bare(other).SequenceEqual(Bare(code))) return true;
        }

        return false;
    }

    private static string CountOf(Row row) => Show.Number(row[Xml1.MA_BENH_KT].Items().Count());

    private static bool IsTraditional(ReadOnlySpan<byte> code, RecordView record) =>
        record.Lists.Find(DiseaseLists.Traditional)?.Contains(code, record.Day) == true;

    private static bool UsesTraditionalMedicine(Row row, RecordView record)
    {
        foreach (ReadOnlySpan<byte> department in row[Xml1.MA_KHOA].Items())
        {
            if (TraditionalSpecialty.Matches(department)) return true;
        }

        if (record[TableId.Xml2] is not { } drugs) return false;
        for (int i = 0; i < drugs.Count; i++)
        {
            Row drug = drugs[i];
            if (!drug[Xml2.MA_PP_CHEBIEN].IsEmpty || drug[Xml2.MA_THUOC].StartsWith("BB."u8) || drug[Xml2.MA_THUOC].StartsWith("05V"u8)) return true;
        }

        return false;
    }

    // Folding accents allocates, so only texts with a word that may start a doubt are folded.
    private static bool IsDoubtful(Value diagnosis)
    {
        ReadOnlySpan<byte> text = diagnosis.Trimmed;
        if (!MayDoubt(text)) return false;
        string words = string.Concat(" ", Folded.Of(diagnosis.Text), " ");
        foreach (string doubt in (ReadOnlySpan<string>)[" nghi ", " theo doi ", " td ", " chua loai tru ", " pb ", " phan biet "])
        {
            if (words.Contains(doubt, StringComparison.Ordinal)) return true;
        }

        return false;
    }

    private static bool MayDoubt(ReadOnlySpan<byte> text)
    {
        foreach (ReadOnlySpan<byte> start in new Words(text))
        {
            if (start[0] is (byte)'n' or (byte)'N' or (byte)'t' or (byte)'T' or (byte)'p' or (byte)'P' or (byte)'c' or (byte)'C'
                && Reading.Contains("nghi Nghi NGHI theo Theo THEO td TD Td pb PB Pb phân Phân PHÂN chưa Chưa CHƯA phan Phan PHAN chua Chua CHUA"u8, start)) return true;
        }

        return false;
    }
}
