namespace LienThong.Standard.Tests.Conversion;

/// <summary>Every line of the conversion data does what it says, on a value of its own.</summary>
public sealed class ConversionRuleTests
{
    public static TheoryData<RuleCase> Cases => [.. RuleCases.All];

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_value_becomes_what_the_target_release_writes(RuleCase rule)
    {
        FieldId field = Field(rule.Field);
        using Record record = new RecordBuilder().Set(field, rule.Old).Build();

        LienThong.Standard.Conversion conversion = RecordConverter.Convert(record, Releases.Get(rule.From), Releases.Get(rule.To));

        RowBuilder row = Assert.Single(conversion.Record.Rows(field.Table));
        List<Change> told = [.. conversion.Changes.Where(c => c.Field == field.Name && c.Old == rule.Old && c.Row == 1)];
        if (rule.Kind is not { } kind) Assert.Empty(told);
        else Assert.All(told, c => Assert.Equal(kind, c.Kind));
        Assert.Equal(rule.Kind is not null, told.Count > 0);
        Assert.All(told, c => Assert.NotEmpty(c.Why));
        Assert.All(told, c => Assert.NotEmpty(c.Basis));
        if (rule.Target.Length > 0) Assert.Equal(rule.New, row[Field(rule.Field[..(rule.Field.IndexOf('.', StringComparison.Ordinal) + 1)] + rule.Target)]);
        if (rule.Target != field.Name) Assert.Null(row[field]);
    }

    [Fact]
    public void Every_line_has_a_case()
    {
        HashSet<string> cases = [.. RuleCases.All.Select(c => $"{c.From} {c.To} {c.Field}")];
        foreach (ConversionStep step in Steps())
        {
            foreach (ConversionRule rule in step.Rules.Where(r => r.Action != ConversionAction.Compute))
            {
                Assert.Contains($"{step.From} {step.To} {rule.Source}", cases);
            }
        }
    }

    [Fact]
    public void Every_line_leads_to_a_field_of_the_target_and_starts_at_one_of_the_source()
    {
        foreach (ConversionStep step in Steps())
        {
            foreach (ConversionRule rule in step.Rules)
            {
                if (rule.Name.Length > 0) Assert.True(step.From.Field(rule.Source) is not null, $"{step.From}: {rule}");
                if (rule.Action != ConversionAction.Gone) Assert.True(step.To.Field(rule.Target) is not null, $"{step.To}: {rule}");
                else Assert.True(step.To.Field(rule.Source) is null, $"{step.To}: {rule}");
                Assert.NotEmpty(rule.Why);
                Assert.NotEmpty(rule.Basis);
            }
        }
    }

    [Fact]
    public void Releases_follow_one_another_so_that_a_way_leads_through_neighbours()
    {
        for (int i = 1; i < Releases.All.Length; i++) Assert.Equal(Releases.All[i - 1].Id, Releases.All[i].Parent);
    }

    [Fact]
    public void There_is_no_way_back_to_QD4210()
    {
        Assert.False(RecordConverter.CanConvert(Releases.Get("QD130"), Releases.Get("QD4210")));
        Assert.True(RecordConverter.CanConvert(Releases.Get("QD4210"), Releases.Get("QD4210")));
        using Record record = new RecordBuilder().Set(Xml1.MA_LK, "1").Build();
        Assert.Throws<ArgumentException>(() => RecordConverter.Convert(record, Releases.Newest, Releases.Get("QD4210")));
    }

    [Fact]
    public void A_value_that_stands_under_both_names_is_kept_under_the_new_one_and_the_other_told()
    {
        using Record record = new RecordBuilder().Set(Xml13.MA_NOI_DEN, "99002").Set(Xml13.MA_CSKCB_DEN, "99003").Build();

        LienThong.Standard.Conversion conversion = RecordConverter.Convert(record, Releases.Get("QD4750"), Releases.Get("QD3176"));

        Assert.Equal("99003", conversion.Record.Rows(TableId.Xml13)[0][Xml13.MA_CSKCB_DEN]);
        Assert.Contains(conversion.Changes, c => c is { Kind: ChangeKind.Dropped, Field: "MA_NOI_DEN", Old: "99002" });
    }

    [Fact]
    public void What_the_target_wants_and_nothing_tells_is_missing_and_left_empty()
    {
        using Record record = new RecordBuilder().Set(Xml1.MA_LK, "1").Set(Xml1.MA_LYDO_VVIEN, "1").Set(Xml2.MA_THUOC, "40.1").Build();

        LienThong.Standard.Conversion conversion = RecordConverter.Convert(record, Releases.Get("QD4210"), Releases.Get("QD3176"));

        Assert.Contains(conversion.Changes, c => c is { Kind: ChangeKind.Missing, Field: "MA_DOITUONG_KCB", Row: 1, New: "" });
        Assert.Contains(conversion.Changes, c => c is { Kind: ChangeKind.Missing, Field: "NGUON_CTRA", Table: TableId.Xml2, Row: 1 });
        Assert.Contains(conversion.Changes, c => c is { Kind: ChangeKind.MissingIfNeeded, Field: "SO_CCCD", Row: null });
        Assert.True(string.IsNullOrEmpty(conversion.Record.Rows(TableId.Xml1)[0][Xml1.MA_DOITUONG_KCB]));
    }

    [Fact]
    public void A_table_that_the_target_does_not_have_is_told_value_by_value()
    {
        using Record record = new RecordBuilder().Set(Xml1.MA_LK, "1").Set(Xml15.MA_LK, "1").Set(Xml15.HO_TEN, "Nguyễn Văn A").Build();

        LienThong.Standard.Conversion conversion = RecordConverter.Convert(record, Releases.Get("QD4750"), Releases.Get("QD130"));

        Assert.Empty(conversion.Record.Rows(TableId.Xml15));
        Assert.Contains(conversion.Changes, c => c is { Kind: ChangeKind.Dropped, Table: TableId.Xml15, Field: "HO_TEN", Old: "Nguyễn Văn A" });
    }

    private static IEnumerable<ConversionStep> Steps()
    {
        for (int i = 1; i < Releases.List.Length; i++)
        {
            yield return ConversionStep.Between(Releases.List[i - 1], Releases.List[i])![0];
            if (i > 1) yield return ConversionStep.Between(Releases.List[i], Releases.List[i - 1])![0];
        }
    }

    private static FieldId Field(string name)
    {
        string[] parts = name.Split('.');
        Assert.True(TableNames.TryParse(parts[0], out TableId table));
        Assert.True(FieldId.TryParse(table, parts[1], out FieldId field), name);
        return field;
    }
}
