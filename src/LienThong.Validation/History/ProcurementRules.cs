using System.Text;
using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>What is claimed of a drug or supply against what was bought of it, over all records of the facility.</summary>
internal static class ProcurementRules
{
    private static readonly int Tender = AuditLists.Procurement.At("TT_THAU");
    private static readonly int Start = AuditLists.Procurement.At("start");
    private static readonly int Quantity = AuditLists.Procurement.At("quantity");

    public static readonly HistoryRule[] All =
    [
        // Counted up to the day of each line, so that it is the lines after the limit that get the finding, whenever they are judged.
        // The first of a record speaks for the others of its contract.
        new("AUD-M-001", Xml2.SO_LUONG, static c =>
        {
            if (c.Lists.Find(AuditLists.Procurement) is not { } list) return;
            foreach (IGrouping<string, Claim> code in c.Own.Claims.GroupBy(l => l.Code, StringComparer.Ordinal))
            {
                var told = new HashSet<string>(StringComparer.Ordinal);
                var own = new Dictionary<(string Tender, DateOnly From), decimal>();
                foreach (Claim line in code.OrderBy(l => l.Day).ThenBy(l => l.Table).ThenBy(l => l.Row))
                {
                    if (Bought(list, line) is not { } bought || told.Contains(bought.Tender)) continue;
                    (string, DateOnly) contract = (bought.Tender, bought.From);
                    decimal sum = own[contract] = own.GetValueOrDefault(contract) + line.Quantity;
                    sum += c.History.Claimed(c.Own, line.Code, bought.Tender.Length == 0 ? null : bought.Tender, bought.From, line.Day);
                    if (sum > bought.Quantity && told.Add(bought.Tender)) Report(c, line, sum, bought.Quantity);
                }
            }
        }),
    ];

    /// <summary>The codes of a record that contracts name, with the least quantity a contract has: while less is claimed, nothing more has to be known.</summary>
    public static void Ask(RecordFacts facts, CodeLists lists, Dictionary<string, decimal> codes)
    {
        if (facts.Claims.Length == 0 || lists.Find(AuditLists.Procurement) is not { } list) return;
        foreach (Claim line in facts.Claims)
        {
            if (Bought(list, line) is { } bought && !(codes.TryGetValue(line.Code, out decimal least) && least <= bought.Quantity)) codes[line.Code] = bought.Quantity;
        }
    }

    private static void Report(HistoryCase c, Claim line, decimal sum, decimal limit) =>
        c.Broken(line, Breach.Of(line.Table == TableId.Xml2 ? Xml2.SO_LUONG : Xml3.SO_LUONG)
            .And("code", line.Code).And("tender", line.Tender).And("sum", Show.Money(sum)).And("limit", Show.Money(limit)));

    // Contracts of this tender, else those that name none. Several in force on the day add up, counted from the first of them.
    private static Contract? Bought(CodeList list, Claim line)
    {
        CodeRows rows = list.History(Encoding.UTF8.GetBytes(line.Code));
        return Bought(rows, line, line.Tender) ?? Bought(rows, line, "");
    }

    private static Contract? Bought(CodeRows rows, Claim line, string tender)
    {
        Contract? bought = null;
        foreach (CodeRow row in rows)
        {
            if (FactsReading.Folded(row.Text(Tender)) != tender) continue;
            Read<DateOnly> start = Typed.Date8(row[Start]);
            DateOnly from = start.IsPresent ? start.Value : row.ValidFrom ?? DateOnly.MinValue;
            if (line.Day < from || line.Day > (row.ValidTo ?? DateOnly.MaxValue)) continue;
            if (row.Number(Quantity) is not { IsPresent: true } quantity) return null;
            bought = bought is { } known
                ? new Contract(tender, known.From < from ? known.From : from, known.Quantity + quantity.Value)
                : new Contract(tender, from, quantity.Value);
        }

        return bought;
    }

    private readonly record struct Contract(string Tender, DateOnly From, decimal Quantity);
}
