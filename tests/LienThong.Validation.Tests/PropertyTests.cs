using FsCheck;
using FsCheck.Fluent;
using LienThong.Standard;

namespace LienThong.Validation.Tests;

public sealed class PropertyTests
{
    private static readonly string[] Texts =
    [
        "", " ", "0", "1", "-1", "01", "13", "202608150915", "20260815", "202613400000", "000000000000", "1;2;;3", ";", "1,2", "9999999999999999999999999999999",
        "1.234", "-0.00", ".", "GD4000000000017", "J18.9", "†", "K02", "KHAC", "ễ́", "\u00A0x\u00A0", "\uFEFF", new string('9', 300), "202608150915;202608150915", "K.99001_GT",
        "1 * 2 * 5 [x]", "[", "*", "G1", "X;", "A15.0", "<a>&{value}{x}",
    ];

    [Fact]
    public void Judge_never_throws_and_says_the_same_twice() =>
        Check.One(Properties.Times(300), Prop.ForAll(Arb.From(Records()), changes =>
        {
            RecordBuilder builder = Changed(changes);
            using Record record = builder.Build();
            using Record again = RecordBuilder.From(record).Build();
            Validator validator = Validator.Create();
            Judgement first = validator.Judge(record, A.Context);
            Judgement second = validator.Judge(again, A.Context);
            Assert.Equal(first.Findings.Select(Whole), second.Findings.Select(Whole));
            Assert.Equal(first.NotChecked, second.NotChecked);
            Assert.Equal(first.Blocks + first.Warnings + first.Infos, first.Findings.Count);
            validator.JudgeDocument(record, A.Context);
        }));

    private static (Finding, string) Whole(Finding finding) => (finding with { Related = [] }, string.Join('|', finding.Related));

    [Fact]
    public void Order_of_rows_changes_no_verdict_over_totals_and_links() =>
        Check.One(Properties.Times(100), Prop.ForAll(Arb.From(Records()), changes =>
        {
            RecordBuilder builder = Changed(changes);
            string[] before = Verdicts(builder);
            foreach (TableId table in (TableId[])[TableId.Xml2, TableId.Xml3, TableId.Xml4, TableId.Xml5]) Reverse(builder.Rows(table));
            Assert.Equal(before, Verdicts(builder));
        }));

    private static void Reverse(IList<RowBuilder> rows)
    {
        RowBuilder[] copy = [.. rows.Reverse()];
        rows.Clear();
        foreach (RowBuilder row in copy) rows.Add(row);
    }

    // Running numbers are about order, a missing element is shown at the first row that lacks it, and of rows that clash with each other
    // (examinations of one speciality, of one doctor) the later one is blamed.
    private static string[] Verdicts(RecordBuilder builder) =>
    [
        .. A.Judge(builder).Findings.Where(f => f.Rule is not ("FAM-STT" or "PKG-FIELD-002"))
            .Select(f => $"{f.Rule}|{f.Severity}|{f.At.Table}|{f.At.Field}|{(f.Rule is "REC-EXAM-004" or "REC-EXAM-005" ? "" : f.Stt)}|{f.Value}").Order(StringComparer.Ordinal),
    ];

    private static RecordBuilder Changed((int Start, (int Table, int Row, int Column, int Text)[] Changes) input)
    {
        RecordBuilder builder = CleanRecordTests.Build(CleanRecordTests.Names[input.Start]);
        foreach ((int table, int row, int column, int text) in input.Changes)
        {
            var id = (TableId)table;
            IList<RowBuilder> rows = builder.Rows(id);
            RowBuilder target = row < rows.Count ? rows[row] : builder.AddRow(id);
            int columns = Releases.Newest.Table(id)?.Fields.Length ?? 1;
            FieldSpec? field = Releases.Newest.Table(id)?.Fields[column % columns];
            if (field is not null) target.Set(field.Id, text == Texts.Length ? null : Texts[text]);
        }

        return builder;
    }

    private static Gen<(int, (int, int, int, int)[])> Records() =>
        from start in Gen.Choose(0, CleanRecordTests.Names.Length - 1)
        from count in Gen.Choose(0, 25)
        from changes in Gen.ArrayOf(
            from table in Gen.Frequency((3, Gen.Elements(1)), (5, Gen.Choose(1, 5)), (2, Gen.Choose(0, 15)))
            from row in Gen.Choose(0, 3)
            from column in Gen.Choose(0, 80)
            from text in Gen.Choose(0, Texts.Length)
            select (table, row, column, text), count)
        select (start, changes);
}
