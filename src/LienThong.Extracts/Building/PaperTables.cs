using System.Globalization;
using LienThong.Standard;
using F = LienThong.Extracts.VisitFields;

namespace LienThong.Extracts;

/// <summary>
/// The papers and programme tables: XML6 to XML11, XML13 to XML15. What a paper repeats of the visit, or takes from it when the hospital system
/// leaves it empty, is data (<c>Data/papers.csv</c>).
/// </summary>
internal static class PaperTables
{
    private static readonly SectionId[] InOrder =
        [SectionId.Hiv, SectionId.Discharge, SectionId.Summary, SectionId.Births, SectionId.PregnancyRest, SectionId.SickLeave, SectionId.Transfer, SectionId.FollowUp, SectionId.Tuberculosis];

    private static readonly ILookup<TableId, (FieldId Target, FieldId? Summary, VisitField? Source)> Fills = Load();

    public static void Write(Draft draft)
    {
        foreach (SectionId id in InOrder)
        {
            SectionSpec section = VisitModel.Of(id);
            IReadOnlyList<VisitRow> rows = draft.Visit[id];
            if (rows.Count == 0 || !TablesByVisit.Allows(draft, section.Table!.Value)) continue;
            for (int i = 0; i < rows.Count; i++) Write(draft, draft.Add(section.Table.Value), rows[i], i + 1);
        }
    }

    private static void Write(Draft draft, TargetRow row, VisitRow source, int number)
    {
        if (FieldId.TryParse(row.Table, "STT", out FieldId stt)) row.Put(stt, row.Number.ToString(CultureInfo.InvariantCulture));
        draft.CopyRow(row, source, number);
        foreach ((FieldId target, FieldId? summary, VisitField? field) in Fills[row.Table])
        {
            if (row[target].Length > 0) continue;
            if (summary is { } same) row.Take(target, draft.Summary, same);
            else if (field is { } from && draft.Visit[from.Section].Count > 0) row.Copy(target, draft.Visit[from.Section][0], 1, from);
        }

        if (row.Table != TableId.Xml9) return;
        if (row[Xml9.SO_CON].Length == 0) row.Compute(Xml9.SO_CON, draft.Visit[SectionId.Births].Count, "số giấy chứng sinh của lượt khám");
        if (row[Xml9.MA_THE_NND].Length == 0 && draft.All(F.Cards.MA_THE_BHYT).LastOrDefault() is { } card) row.Copy(Xml9.MA_THE_NND, card.Row, card.Number, F.Cards.MA_THE_BHYT);
    }

    private static ILookup<TableId, (FieldId, FieldId?, VisitField?)> Load()
    {
        CsvData data = CsvData.Read(typeof(PaperTables).Assembly, "Data/papers.csv");
        List<(FieldId Target, FieldId?, VisitField?)> rows = [];
        for (int i = 0; i < data.Count; i++)
        {
            string[] from = data[i]["from"].Split('.');
            FieldId target = Standard(data[i]["table"], data[i]["field"]);
            rows.Add(from[0] == "XML1" ? (target, Standard("XML1", from[1]), null) : (target, null, VisitModel.Find(from[0])!.Find(from[1])!.Id));
        }

        return rows.ToLookup(r => r.Target.Table);
    }

    private static FieldId Standard(string table, string field) =>
        TableNames.TryParse(table, out TableId id) && FieldId.TryParse(id, field, out FieldId found) ? found : throw new FormatException($"There is no field {table}.{field}.");
}
