using LienThong.Standard;

namespace LienThong.Validation.Tests.Rules.CrossTable;

/// <summary>What can't be read is reported by its form and not judged by the rules that calculate with it.</summary>
public sealed class UnreadableAmountsTests
{
    public static TheoryData<string, string> Cells
    {
        get
        {
            var data = new TheoryData<string, string>();
            foreach (string text in (string[])["abc", "1,000", "12345678901234567890123456789", "-5"])
            {
                foreach (LineFields at in (LineFields[])[LineFields.Drugs, LineFields.Services])
                {
                    foreach (FieldId cell in (FieldId[])[at.Quantity, at.Price, at.Charged, at.Covered, at.Others, at.Own, at.Copaid, at.Fund, at.Ordered])
                        data.Add($"{(at.Table == TableId.Xml2 ? 2 : 3)}.{cell.Name}", text);
                }
            }

            return data;
        }
    }

    [Theory]
    [MemberData(nameof(Cells))]
    public void Rules_that_read_it_are_not_checked_instead_of_broken(string cell, string text)
    {
        TableId table = cell[0] == '2' ? TableId.Xml2 : TableId.Xml3;
        Assert.True(FieldId.TryParse(table, cell.AsSpan(2), out FieldId field));
        RecordBuilder builder = A.CleanOutpatient();
        builder.Rows(table)[0].Set(field, text);
        using Record record = builder.Build();

        Judgement judgement = Validator.Create().Judge(record, A.Context);

        string prefix = cell[0] == '2' ? "X2-" : "X3-";
        Assert.DoesNotContain(judgement.Findings, f => f.Rule.StartsWith(prefix, StringComparison.Ordinal) || f.Rule.StartsWith("REC-", StringComparison.Ordinal));
        Assert.Contains(judgement.Findings, f => f.Rule.StartsWith("FAM-", StringComparison.Ordinal) && f.At.Field == field.Name);
        Assert.Contains(judgement.NotChecked, n => n.Cause == NotCheckedCause.MalformedValue);
    }

    [Fact]
    public void The_largest_numbers_that_fit_a_field_never_throw()
    {
        RecordBuilder builder = A.CleanOutpatient();
        foreach (RowBuilder row in builder.Rows(TableId.Xml3))
        {
            foreach (FieldSpec field in Releases.Get("QD1931").Table(TableId.Xml3)!.Fields)
            {
                if (field.Kind is FieldKind.Decimal or FieldKind.Integer) row.Set(field.Id, new string('9', 28));
            }
        }

        using Record record = builder.Build();

        Assert.True(Validator.Create().Judge(record, A.Context).Blocked);
    }
}
