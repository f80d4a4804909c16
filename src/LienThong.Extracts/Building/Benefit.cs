using System.Globalization;
using System.Text;
using LienThong.Validation;
using F = LienThong.Extracts.VisitFields;

namespace LienThong.Extracts;

/// <summary>The benefit level of each line: by the card valid on the day of its order, the category and the size of the bill (Luật BHYT điều 22; NĐ 188/2025/NĐ-CP điều 18, 19).</summary>
internal sealed class Benefit
{
    private readonly Draft draft;
    private readonly Card[] cards;
    private readonly decimal share;
    private readonly bool small;
    private readonly bool isPrimary;
    private readonly DateTime? waiver;

    public Benefit(Draft draft, decimal insured)
    {
        this.draft = draft;
        string category = draft.Visit[F.Visit.MA_DOITUONG_KCB];
        cards = [.. draft.Visit[SectionId.Cards].Select((row, i) => new Card(row, i + 1, draft.Arrival))];
        share = BenefitRates.Share(Encoding.UTF8.GetBytes(category), draft.Kind is "03" or "04" or "06" or "09", draft.Day);
        small = BenefitRates.SmallTotal(draft.Arrival) is { } limit && insured < limit;
        isPrimary = category == "1.2";
        waiver = ValueForm.AsMoment(draft.Visit[F.Visit.NGAY_MIEN_CCT]);
    }

    public decimal LevelOf(CostLine line)
    {
        if (!draft.IsInsured || line.Insured == 0) return 0;
        if (ValueForm.AsNumber(line.Source[line.Section.Level]) is { } given) return given;
        if (IsFull(line)) return 100 * share;
        return (CardOn(Day(line))?.Rate ?? 0) * share;
    }

    public string How(CostLine line)
    {
        if (!draft.IsInsured) return "người bệnh không dùng BHYT";
        if (line.Insured == 0) return "ngoài phạm vi hưởng";
        if (line.Source.Has(line.Section.Level)) return "theo HIS";
        string part = share < 1 ? $" × {(share * 100).ToString("0.#", CultureInfo.InvariantCulture)} % của đối tượng" : "";
        if (isPrimary) return "100 % tại cơ sở cấp ban đầu" + part;
        if (small) return "100 % vì tổng chi phí dưới 15 % lương cơ sở" + part;
        if (IsFull(line)) return "100 % từ thời điểm miễn cùng chi trả" + part;
        return CardOn(Day(line)) is { } card ? $"mức hưởng của thẻ {card.Number} ngày y lệnh" + part : "không có thẻ còn hạn ngày y lệnh";
    }

    public IEnumerable<SourceCell> Basis(CostLine line)
    {
        if (!draft.IsInsured || line.Source.Has(line.Section.Level)) return line.Source.Has(line.Section.Level) ? [line.Of(line.Section.Level)] : [draft.Of(F.Visit.MA_DOITUONG_KCB)];
        List<SourceCell> cells = [draft.Of(F.Visit.MA_DOITUONG_KCB), line.Of(line.Section.Ordered)];
        if (CardOn(Day(line)) is { } card) cells.Add(new SourceCell(F.Cards.MA_THE_BHYT, card.Row, card.Number));
        if (waiver is not null) cells.Add(draft.Of(F.Visit.NGAY_MIEN_CCT));
        return cells;
    }

    private bool IsFull(CostLine line) =>
        small || isPrimary || (share == 1 && waiver is { } from && ValueForm.AsMoment(line.Source[line.Section.Ordered]) >= from);

    private static DateOnly Day(CostLine line) => ValueForm.AsDay(line.Source[line.Section.Ordered]) ?? default;

    // The newest card of the day; where none is valid, the one that ran out during the stay.
    private Card? CardOn(DateOnly day) =>
        Array.FindLast(cards, c => c.From <= day && day <= c.To)
        ?? Array.FindLast(cards, c => c.From <= day && draft.Arrival <= c.To && day.DayNumber - c.To.DayNumber <= BenefitRates.TailDays(draft.Day));

    private sealed record Card(VisitRow Row, int Number, DateOnly From, DateOnly To, decimal? Rate)
    {
        public Card(VisitRow row, int number, DateOnly arrival)
            : this(row, number, ValueForm.AsDay(row[F.Cards.GT_THE_TU]) ?? DateOnly.MinValue, ValueForm.AsDay(row[F.Cards.GT_THE_DEN]) ?? DateOnly.MaxValue,
                ValueForm.AsNumber(row[F.Cards.MUC_HUONG]) ?? BenefitRates.Printed(Encoding.UTF8.GetBytes(row[F.Cards.MA_THE_BHYT]), arrival))
        {
        }
    }
}
