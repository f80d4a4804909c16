namespace LienThong.Standard.Tests.Data;

public sealed class ReleasesTests
{
    [Theory]
    [InlineData("2024-06-30", null)]
    [InlineData("2024-07-01", "QD4750")]
    [InlineData("2024-12-31", "QD4750")]
    [InlineData("2025-01-01", "QD3176")]
    [InlineData("2026-06-30", "QD3176")]
    [InlineData("2026-07-01", "QD1931")]
    [InlineData("2030-01-01", "QD1931")]
    public void The_release_in_force_follows_the_discharge_day(string day, string? id)
    {
        Assert.Equal(id, Releases.InForceOn(DateOnly.Parse(day))?.Id);
    }

    [Theory]
    [InlineData("QD4210", 112)]
    [InlineData("QD130", 370)]
    [InlineData("QD4750", 481)]
    [InlineData("QD3176", 479)]
    [InlineData("QD1931", 479)]
    public void Every_release_has_as_many_fields_as_its_decision(string id, int fields)
    {
        Assert.Equal(fields, Releases.Get(id).Tables.Sum(t => t.Fields.Length));
    }

    [Fact]
    public void Layers_rename_remove_and_amend()
    {
        Release before = Releases.Get("QD4750");
        Release after = Releases.Get("QD3176");

        Assert.NotNull(before.Field(Xml13.MA_NOI_DEN));
        Assert.Null(after.Field(Xml13.MA_NOI_DEN));
        Assert.Equal(before.Field(Xml13.MA_NOI_DEN)!.Ordinal, after.Field(Xml13.MA_CSKCB_DEN)!.Ordinal);
        Assert.Null(after.Field(Xml13.TEN_THUOC));
        Assert.Equal(3, after.Field(Xml2.MUC_HUONG)!.MaxLength);
        Assert.Equal(4, Releases.Get("QD1931").Field(Xml2.MUC_HUONG)!.MaxLength);
        Assert.Equal(FieldKind.Decimal, Releases.Get("QD1931").Field(Xml2.MUC_HUONG)!.Kind);
    }

    [Fact]
    public void Ordinals_are_dense_and_names_unique_in_every_table()
    {
        foreach (TableSpec table in Releases.All.SelectMany(r => r.Tables))
        {
            Assert.Equal(Enumerable.Range(1, table.Fields.Length), table.Fields.Select(f => f.Ordinal));
            Assert.Equal(table.Fields.Length, table.Fields.Select(f => f.Name).Distinct().Count());
            Assert.NotEmpty(table.RecordElement);
        }
    }

    [Fact]
    public void An_old_record_is_known_by_its_structure()
    {
        using Record old = new RecordBuilder().Set(Xml1.MA_LK, "A").Set(Xml1.TEN_BENH, "B").Build();
        using Record newer = new RecordBuilder().Set(Xml1.MA_LK, "A").Set(Xml1.NHOM_MAU, "").Build();

        Assert.Equal("QD4210", Releases.ByStructure(old)?.Id);
        Assert.Equal("QD4750", Releases.ByStructure(newer)?.Id);
    }

    [Fact]
    public void Unknown_release_is_refused()
    {
        Assert.Null(Releases.Find("QD9999"));
        Assert.Throws<ArgumentException>(() => Releases.Get("QD9999"));
    }
}
