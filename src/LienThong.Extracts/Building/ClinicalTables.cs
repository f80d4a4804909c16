using System.Globalization;
using LienThong.Standard;
using F = LienThong.Extracts.VisitFields;

namespace LienThong.Extracts;

/// <summary>XML4 and XML5, in order of time.</summary>
internal static class ClinicalTables
{
    public static void Write(Draft draft)
    {
        Write(draft, SectionId.Results, TableId.Xml4, Xml4.MA_LK, Xml4.STT, F.Results.NGAY_KQ);
        if (TablesByVisit.Allows(draft, TableId.Xml5)) Write(draft, SectionId.Notes, TableId.Xml5, Xml5.MA_LK, Xml5.STT, F.Notes.THOI_DIEM_DBLS);
    }

    private static void Write(Draft draft, SectionId section, TableId table, FieldId key, FieldId number, VisitField time)
    {
        IReadOnlyList<VisitRow> rows = draft.Visit[section];
        foreach (int i in Enumerable.Range(0, rows.Count).OrderBy(i => rows[i][time], StringComparer.Ordinal))
        {
            TargetRow row = draft.Add(table);
            row.Take(key, draft.Summary, Xml1.MA_LK);
            row.Put(number, row.Number.ToString(CultureInfo.InvariantCulture));
            draft.CopyRow(row, rows[i], i + 1);
        }
    }
}
