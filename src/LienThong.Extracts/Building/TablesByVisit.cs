using LienThong.Standard;

namespace LienThong.Extracts;

/// <summary>Which kinds of visit a table may go with (<c>Data/tables_by_visit.csv</c>); tables that aren't named there go with every kind.</summary>
internal static class TablesByVisit
{
    private static readonly List<(TableId Table, DateOnly From, string[] Kinds)> Rows = Load();

    /// <summary>Whether the visit may have the table; where it may not but has something for it, the sender is told.</summary>
    public static bool Allows(Draft draft, TableId table)
    {
        // The latest row of the table that has begun decides.
        int at = Rows.FindLastIndex(r => r.Table == table && r.From <= draft.Day);
        if (at < 0 || Rows[at].Kinds.Contains(draft.Kind)) return true;
        SectionSpec section = VisitModel.Sections.First(s => s.Table == table);
        if (draft.Visit[section.Id].Count > 0)
            draft.Tell(Severity.Info, $"«{section.LabelVi}» không gửi với hình thức KBCB {draft.Kind}, nên không lập {table.Code()}.", "Không cần làm gì.", draft.Visit[section.Id][0]);
        return false;
    }

    private static List<(TableId, DateOnly, string[])> Load()
    {
        CsvData data = CsvData.Read(typeof(TablesByVisit).Assembly, "Data/tables_by_visit.csv");
        List<(TableId, DateOnly, string[])> rows = [];
        for (int i = 0; i < data.Count; i++)
        {
            if (!TableNames.TryParse(data[i]["table"], out TableId table)) throw new FormatException($"There is no table {data[i]["table"]}.");
            rows.Add((table, CsvData.Day(data[i]["from"]), data[i]["kinds"].Split(' ')));
        }

        return rows;
    }
}
