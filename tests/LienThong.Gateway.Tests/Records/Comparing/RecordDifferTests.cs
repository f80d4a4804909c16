using LienThong.Gateway.Records.Comparing;
using LienThong.Standard;
using Record = LienThong.Standard.Record;

namespace LienThong.Gateway.Tests.Records.Comparing;

/// <summary>What a comparison tells, and that it tells the truth.</summary>
public sealed class RecordDifferTests
{
    [Fact]
    public void A_record_compared_with_itself_differs_in_nothing()
    {
        using Record one = Stay(30).Build();
        using Record other = Stay(30).Build();

        RecordDiff diff = RecordDiffer.Compare(one, other);

        Assert.True(diff.IsEmpty);
        Assert.All(diff.Money, m => Assert.False(m.IsChanged));
    }

    [Fact]
    public void An_inserted_row_is_one_added_row_although_all_behind_it_got_another_number()
    {
        using Record before = Stay(30).Build();
        RecordBuilder more = Stay(30);
        RowBuilder added = Line(more, 99, "18.0019.0001", "202607050900", "43900");
        Move(more, 10);
        Renumber(more);
        using Record after = more.Build();

        TableDiff table = Assert.Single(RecordDiffer.Compare(before, after).Tables);

        Assert.Equal(("XML3", 1, 0, 0, 20), (table.Table, table.Added, table.Removed, table.Changed, table.Renumbered));
        RowDiff row = table.Rows.Single(r => r.Kind == RowChange.Added);
        Assert.Equal((null, 11, "18.0019.0001 · Siêu âm ổ bụng"), (row.OldRow, row.NewRow, row.Title));
        Assert.Contains(row.Cells, c => c is { Field: "DON_GIA_BH", Old: null, New: "43900" });
        Assert.Equal("43900", added[Xml3.DON_GIA_BH]);
    }

    [Fact]
    public void Changed_amounts_are_told_cell_by_cell_and_the_totals_first()
    {
        using Record before = Stay(3).Build();
        RecordBuilder changed = Stay(3);
        changed.Rows(TableId.Xml3)[1].Set(Xml3.DON_GIA_BH, "50000").Set(Xml3.T_BHTT, "40000");
        changed.Set(Xml1.T_BHTT, "127000.5");
        using Record after = changed.Build();

        RecordDiff diff = RecordDiffer.Compare(before, after);

        MoneyChange total = diff.Money.Single(m => m.Field == "T_BHTT");
        Assert.Equal((120000m, 127000.5m, 7000.5m), (total.Old, total.New, total.Difference));
        Assert.False(diff.Money.Single(m => m.Field == "T_TONGCHI_BV").IsChanged);
        RowDiff row = Assert.Single(diff.Tables.Single(t => t.Table == "XML3").Rows);
        Assert.Equal((RowChange.Changed, 2, 2), (row.Kind, row.OldRow, row.NewRow));
        Assert.Equal([("DON_GIA_BH", "43900", "50000"), ("T_BHTT", null, "40000")], row.Cells.Select(c => (c.Field, c.Old, c.New)));
    }

    [Fact]
    public void A_mended_code_is_a_changed_row_and_not_one_gone_and_one_new()
    {
        using Record before = Stay(5).Build();
        RecordBuilder changed = Stay(5);
        changed.Rows(TableId.Xml3)[3].Set(Xml3.MA_DICH_VU, "18.0001.0002");
        using Record after = changed.Build();

        RowDiff row = Assert.Single(Assert.Single(RecordDiffer.Compare(before, after).Tables).Rows);

        Assert.Equal(RowChange.Changed, row.Kind);
        Assert.Equal("MA_DICH_VU", Assert.Single(row.Cells).Field);
    }

    [Fact]
    public void Removed_rows_and_tables_keep_what_was_in_them()
    {
        using Record before = Stay(3).Build();
        RecordBuilder less = Stay(3);
        less.Rows(TableId.Xml3).RemoveAt(0);
        less.Rows(TableId.Xml2).Clear();
        using Record after = less.Build();

        RecordDiff diff = RecordDiffer.Compare(before, after);

        Assert.Equal(["XML2", "XML3"], diff.Tables.Select(t => t.Table));
        Assert.All(diff.Tables.SelectMany(t => t.Rows), r => Assert.Equal(RowChange.Removed, r.Kind));
        Assert.Contains(diff.Tables[0].Rows[0].Cells, c => c is { Field: "MA_THUOC", Old: "40.30", New: null });
        Assert.Equal((1, 0), (diff.Tables[0].OldRows, diff.Tables[0].NewRows));
    }

    [Fact]
    public void An_element_that_is_missing_and_an_empty_one_are_the_same()
    {
        using Record before = Stay(2).Build();
        RecordBuilder filled = Stay(2);
        foreach (RowBuilder row in filled.Rows(TableId.Xml3))
            row.FillWith(Releases.Newest);
        using Record after = filled.Build();

        Assert.True(RecordDiffer.Compare(before, after).IsEmpty);
    }

    [Fact]
    public void More_differences_than_may_be_listed_are_counted_and_said_to_be_cut()
    {
        using Record before = new RecordBuilder().Set(Xml1.MA_LK, "LK").Build();
        using Record after = Stay(40).Build();

        RecordDiff diff = RecordDiffer.Compare(before, after, mostCells: 50);

        Assert.True(diff.IsCut);
        Assert.Equal(40, diff.Tables.Single(t => t.Table == "XML3").Added);
        Assert.True(diff.Tables.Sum(t => t.Rows.Sum(r => r.Cells.Count)) <= 50);
    }

    [Fact]
    public void Making_the_changes_to_the_first_gives_the_second_whatever_was_done_to_it()
    {
        for (int seed = 1; seed <= 300; seed++)
        {
            Random dice = new(seed);
            RecordBuilder start = Stay(dice.Next(0, 25));
            using Record before = start.Build();
            Disturb(start, dice);
            using Record after = start.Build();

            RecordDiff there = RecordDiffer.Compare(before, after);
            RecordDiff back = RecordDiffer.Compare(after, before);

            Assert.True(Same(Rows.Of(after), Rows.Apply(before, there)), $"seed {seed}");
            Assert.True(Same(Rows.Of(before), Rows.Apply(after, back)), $"seed {seed}, back");
        }
    }

    private static bool Same(Dictionary<string, List<SortedDictionary<string, string>>> one, Dictionary<string, List<SortedDictionary<string, string>>> other) =>
        one.Count == other.Count && one.All(t => other.TryGetValue(t.Key, out var rows) && rows.Count == t.Value.Count
            && rows.Zip(t.Value).All(p => p.First.SequenceEqual(p.Second)));

    private static void Disturb(RecordBuilder record, Random dice)
    {
        for (int i = dice.Next(0, 12); i > 0; i--)
        {
            IList<RowBuilder> rows = record.Rows(TableId.Xml3);
            switch (dice.Next(6))
            {
                case 0:
                    Line(record, dice.Next(100), $"18.00{dice.Next(5):D2}.0001", $"2026070{dice.Next(1, 9)}0900", $"{dice.Next(1000)}");
                    Move(record, dice.Next(rows.Count));
                    break;
                case 1 when rows.Count > 0:
                    rows.RemoveAt(dice.Next(rows.Count));
                    break;
                case 2 when rows.Count > 0:
                    rows[dice.Next(rows.Count)].Set(Xml3.DON_GIA_BH, dice.Next(3) == 0 ? null : $"{dice.Next(9)}");
                    break;
                case 3 when rows.Count > 0:
                    rows[dice.Next(rows.Count)].Set(Xml3.MA_DICH_VU, $"18.00{dice.Next(5):D2}.0001");
                    break;
                case 4:
                    Renumber(record);
                    break;
                default:
                    if (rows.Count > 1)
                        Move(record, dice.Next(rows.Count));
                    record.Set(Xml1.T_BHTT, $"{dice.Next(1000)}");
                    break;
            }
        }
    }

    /// <summary>Puts the last row elsewhere.</summary>
    private static void Move(RecordBuilder record, int to)
    {
        IList<RowBuilder> rows = record.Rows(TableId.Xml3);
        RowBuilder last = rows[^1];
        rows.RemoveAt(rows.Count - 1);
        rows.Insert(Math.Min(to, rows.Count), last);
    }

    private static void Renumber(RecordBuilder record)
    {
        int number = 1;
        foreach (RowBuilder row in record.Rows(TableId.Xml3))
            row.Set(Xml3.STT, $"{number++}");
    }

    private static RecordBuilder Stay(int lines)
    {
        RecordBuilder record = new RecordBuilder().Set(Xml1.MA_LK, "LK").Set(Xml1.STT, "1").Set(Xml1.HO_TEN, "Nguyễn Thị Thử")
            .Set(Xml1.T_TONGCHI_BV, "150000").Set(Xml1.T_BHTT, "120000");
        record.AddRow(TableId.Xml2).Set(Xml2.MA_LK, "LK").Set(Xml2.STT, "1").Set(Xml2.MA_THUOC, "40.30").Set(Xml2.NGAY_YL, "202607030810");
        for (int i = 0; i < lines; i++)
            Line(record, i + 1, $"18.00{i % 7:D2}.0001", $"202607{(i / 7) + 3:D2}0900", "43900");
        return record;
    }

    private static RowBuilder Line(RecordBuilder record, int number, string code, string at, string price) =>
        record.AddRow(TableId.Xml3).Set(Xml3.MA_LK, "LK").Set(Xml3.STT, $"{number}").Set(Xml3.MA_DICH_VU, code).Set(Xml3.TEN_DICH_VU, "Siêu âm ổ bụng")
            .Set(Xml3.NGAY_YL, at).Set(Xml3.SO_LUONG, "1").Set(Xml3.DON_GIA_BH, price).Set(Xml3.MA_KHOA, "K01");
}
