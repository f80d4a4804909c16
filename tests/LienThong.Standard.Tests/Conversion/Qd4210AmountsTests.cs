namespace LienThong.Standard.Tests.Conversion;

/// <summary>The one amount of QĐ 4210 becomes the two of later releases only where formulas and the record's own amounts settle it.</summary>
public sealed class Qd4210AmountsTests
{
    [Fact]
    public void A_drug_line_is_split_by_its_rate()
    {
        RowBuilder row = Drug(Converted(r => DrugLine(r, quantity: "3", price: "1000.5", rate: "50", amount: "3001.50")));

        Assert.Equal("3001.50", row[Xml2.THANH_TIEN_BV]);
        Assert.Equal("1500.75", row[Xml2.THANH_TIEN_BH]);
        Assert.Equal("50", row[Xml2.TYLE_TT_BH]);
        Assert.Null(row[Xml2.THANH_TIEN]);
    }

    [Fact]
    public void An_amount_that_is_the_insured_part_goes_there()
    {
        RowBuilder row = Drug(Converted(r => DrugLine(r, quantity: "2", price: "1000", rate: "50", amount: "1000.00")));

        Assert.Equal("2000", row[Xml2.THANH_TIEN_BV]);
        Assert.Equal("1000.00", row[Xml2.THANH_TIEN_BH]);
    }

    [Theory]
    [InlineData("1999")]
    [InlineData("")]
    [InlineData("x")]
    public void An_amount_that_fits_neither_is_not_split(string amount)
    {
        LienThong.Standard.Conversion conversion = Converted(r => DrugLine(r, quantity: "2", price: "1000", rate: "100", amount: amount));

        Assert.True(string.IsNullOrEmpty(Drug(conversion)[Xml2.THANH_TIEN_BV]));
        Assert.Contains(conversion.Changes, c => c is { Kind: ChangeKind.Missing, Field: "THANH_TIEN_BV" });
        Assert.Equal(amount.Length > 0, conversion.Changes.Any(c => c is { Kind: ChangeKind.Dropped, Field: "THANH_TIEN" } && c.Old == amount));
    }

    [Fact]
    public void A_drug_outside_cover_has_the_rate_0_that_the_standard_prescribes()
    {
        RowBuilder row = Drug(Converted(r => DrugLine(r, quantity: "2", price: "1000", rate: "100", amount: "2000").Set(Xml2.PHAM_VI, "2")));

        Assert.Equal("0", row[Xml2.TYLE_TT_BH]);
        Assert.Equal("0", row[Xml2.THANH_TIEN_BH]);
    }

    [Fact]
    public void Numbers_too_large_to_multiply_are_left_alone()
    {
        RowBuilder row = Drug(Converted(r => DrugLine(r, quantity: new string('9', 28), price: new string('9', 28), rate: "100", amount: "1")));

        Assert.True(string.IsNullOrEmpty(row[Xml2.THANH_TIEN_BV]));
    }

    [Fact]
    public void No_other_source_means_none_of_the_four()
    {
        RowBuilder none = Drug(Converted(r => DrugLine(r, "1", "1", "100", "1").Set(Xml2.T_NGUON_KHAC, "0.00")));
        RowBuilder some = Drug(Converted(r => DrugLine(r, "1", "1", "100", "1").Set(Xml2.T_NGUON_KHAC, "5")));

        Assert.Equal("0", none[Xml2.T_NGUONKHAC_CL]);
        Assert.True(string.IsNullOrEmpty(some[Xml2.T_NGUONKHAC_CL]));
    }

    [Fact]
    public void A_service_wholly_inside_cover_has_one_price_and_amount_twice()
    {
        RowBuilder row = Service(Converted(r => ServiceLine(r)));

        Assert.Equal("40000", row[Xml3.DON_GIA_BV]);
        Assert.Equal("40000", row[Xml3.DON_GIA_BH]);
        Assert.Equal("100", row[Xml3.TYLE_TT_DV]);
        Assert.Equal("100", row[Xml3.TYLE_TT_BH]);
        Assert.Equal("40000", row[Xml3.THANH_TIEN_BV]);
        Assert.Equal("40000", row[Xml3.THANH_TIEN_BH]);
    }

    [Fact]
    public void A_service_partly_outside_cover_is_not_split()
    {
        foreach ((FieldId field, string value) in new[] { (Xml3.TYLE_TT, "30"), (Xml3.T_BNTT, "1"), (Xml3.T_NGUONKHAC, "1"), (Xml3.PHAM_VI, "2"), (Xml3.T_BHTT, "31000"), (Xml3.SO_LUONG, "2") })
        {
            LienThong.Standard.Conversion conversion = Converted(r => ServiceLine(r).Set(field, value));

            Assert.True(string.IsNullOrEmpty(Service(conversion)[Xml3.DON_GIA_BV]), field.Name);
            Assert.Contains(conversion.Changes, c => c is { Kind: ChangeKind.Dropped, Field: "DON_GIA", Old: "40000" });
            Assert.Contains(conversion.Changes, c => c is { Kind: ChangeKind.Missing, Field: "DON_GIA_BH" });
        }
    }

    [Fact]
    public void Totals_are_the_sums_of_lines_that_could_all_be_split()
    {
        LienThong.Standard.Conversion whole = Converted(r =>
        {
            DrugLine(r, "2", "1000", "50", "2000").Set(Xml2.MA_PTTT, "1").Set(Xml2.T_BHTT, "800");
            ServiceLine(r).Set(Xml3.MA_PTTT, "2");
            r.Set(Xml1.T_TONGCHI, "42000.00");
        });
        LienThong.Standard.Conversion partly = Converted(r =>
        {
            ServiceLine(r).Set(Xml3.TYLE_TT, "30");
            r.Set(Xml1.T_TONGCHI, "42000.00");
        });

        RowBuilder summary = whole.Record.Rows(TableId.Xml1)[0];
        Assert.Equal("42000.00", summary[Xml1.T_TONGCHI_BV]);
        Assert.Equal("41000", summary[Xml1.T_TONGCHI_BH]);
        Assert.Equal("800", summary[Xml1.T_BHTT_GDV]);
        Assert.Contains(partly.Changes, c => c is { Kind: ChangeKind.Missing, Field: "T_TONGCHI_BV" });
        Assert.Contains(partly.Changes, c => c is { Kind: ChangeKind.Dropped, Field: "T_TONGCHI", Old: "42000.00" });
    }

    private static LienThong.Standard.Conversion Converted(Action<RecordBuilder> fill)
    {
        var builder = new RecordBuilder();
        builder.Set(Xml1.MA_LK, "1");
        fill(builder);
        using Record record = builder.Build();
        return RecordConverter.Convert(record, Releases.Get("QD4210"), Releases.Get("QD130"));
    }

    private static RowBuilder DrugLine(RecordBuilder record, string quantity, string price, string rate, string amount) =>
        record.AddRow(TableId.Xml2).Set(Xml2.PHAM_VI, "1").Set(Xml2.SO_LUONG, quantity).Set(Xml2.DON_GIA, price).Set(Xml2.TYLE_TT, rate).Set(Xml2.THANH_TIEN, amount);

    private static RowBuilder ServiceLine(RecordBuilder record) =>
        record.AddRow(TableId.Xml3).Set(Xml3.PHAM_VI, "1").Set(Xml3.SO_LUONG, "1").Set(Xml3.DON_GIA, "40000").Set(Xml3.TYLE_TT, "100").Set(Xml3.THANH_TIEN, "40000")
            .Set(Xml3.T_BHTT, "32000").Set(Xml3.T_BNCCT, "8000").Set(Xml3.T_BNTT, "0").Set(Xml3.T_NGUONKHAC, "0");

    private static RowBuilder Drug(LienThong.Standard.Conversion conversion) => conversion.Record.Rows(TableId.Xml2)[0];

    private static RowBuilder Service(LienThong.Standard.Conversion conversion) => conversion.Record.Rows(TableId.Xml3)[0];
}
