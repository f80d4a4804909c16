using System.Text;
using LienThong.Standard;
using LienThong.Validation;
using F = LienThong.Extracts.VisitFields;

namespace LienThong.Extracts;

/// <summary><c>SO_NGAY_DTRI</c> by kind of visit (QĐ 3176, bảng 1): a statistical count; payable bed days are another thing.</summary>
internal static class TreatmentDays
{
    // Beds, supplies and transport are no service that was carried out on a day.
    private static readonly string[] NoService = ["10", "11", "12", "14", "15", "16"];

    public static void Write(Draft draft, TargetRow row)
    {
        if (ValueForm.AsDay(row[Xml1.NGAY_VAO]) is not { } arrived || ValueForm.AsDay(row[Xml1.NGAY_RA]) is not { } left) return;
        int stay = left.DayNumber - arrived.DayNumber + 1;
        switch (draft.Kind)
        {
            case "09":
                row.Compute(Xml1.SO_NGAY_DTRI, 0, "điều trị nội trú dưới 4 giờ", draft.Of(F.Visit.MA_LOAI_KCB));
                break;
            case "05" or "07" when Medicine(draft) is { } longest:
                row.Compute(Xml1.SO_NGAY_DTRI, longest.Days, "số ngày dùng thuốc dài nhất", longest.Source);
                break;
            case "02" or "08" when ServiceDays(draft) is > 0 and { } days:
                row.Compute(Xml1.SO_NGAY_DTRI, days, "số ngày có dịch vụ", [.. draft.All(F.Services.NGAY_TH_YL), .. draft.All(F.Exams.NGAY_TH_YL)]);
                break;
            default:
                row.Compute(Xml1.SO_NGAY_DTRI, stay, "ngày ra − ngày vào + 1", draft.Of(F.Visit.NGAY_VAO), draft.Of(F.Visit.NGAY_RA));
                break;
        }
    }

    private static (int Days, SourceCell Source)? Medicine(Draft draft)
    {
        (int Days, SourceCell Source)? longest = null;
        foreach (SourceCell dose in draft.All(F.Drugs.LIEU_DUNG))
        {
            if (Dose.Days(Encoding.UTF8.GetBytes(dose.Value)) is { } days && days > (longest?.Days ?? 0)) longest = (days, dose);
        }

        return longest;
    }

    private static int ServiceDays(Draft draft) => draft.Record.Rows(TableId.Xml3)
        .Where(r => !NoService.Contains(r[Xml3.MA_NHOM]))
        .Select(r => r[Xml3.NGAY_TH_YL] is { Length: >= 8 } done ? done[..8] : r[Xml3.NGAY_YL]?[..8])
        .Distinct(StringComparer.Ordinal).Count();
}
