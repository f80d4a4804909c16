using System.Text;
using LienThong.Standard;

namespace LienThong.Samples.Tests;

/// <summary>What every invented record promises, whatever the validator says.</summary>
public sealed class CreatingRecords
{
    private static readonly SampleFactory Factory = new(new SampleOptions());

    [Theory]
    [InlineData(SampleKind.Outpatient)]
    [InlineData(SampleKind.Inpatient)]
    [InlineData(SampleKind.ShortStay)]
    [InlineData(SampleKind.LongStay)]
    public void The_same_seed_and_index_give_the_same_bytes_in_any_order(SampleKind kind)
    {
        byte[] first = Written.Package(Factory, Factory.Create(kind, 7));
        var other = new SampleFactory(new SampleOptions());
        _ = other.Create(kind, 8);
        _ = other.Create(SampleKind.Outpatient, 7);
        Assert.Equal(first, Written.Package(other, other.Create(kind, 7)));
    }

    [Fact]
    public void Another_seed_gives_other_people()
    {
        var other = new SampleFactory(new SampleOptions { Seed = 2 });
        Assert.NotEqual(Written.Package(Factory, Factory.Create(SampleKind.Outpatient, 1)), Written.Package(other, other.Create(SampleKind.Outpatient, 1)));
    }

    [Theory]
    [InlineData(SampleKind.Outpatient, 400, 12_000, 30_000)]
    [InlineData(SampleKind.Inpatient, 12, 500_000, 1_000_000)]
    [InlineData(SampleKind.LongStay, 3, 5_000_000, 10_000_000)]
    [InlineData(SampleKind.ShortStay, 12, 20_000, 61_440)]
    public void Sizes_stay_in_the_promised_range(SampleKind kind, int count, int least, int most)
    {
        for (int i = 0; i < count; i++) Assert.InRange(Written.Package(Factory, Factory.Create(kind, i)).Length, least, most);
    }

    [Fact]
    public void Keys_are_unique_and_follow_from_kind_and_index()
    {
        var keys = Written.Mix(500, 20).Select(x => Factory.Create(x.Kind, x.Index).Rows(TableId.Xml1)[0][Xml1.MA_LK]).ToList();
        Assert.Equal(keys.Count, keys.Distinct().Count());
    }

    [Theory]
    [InlineData("2024-07-01", "2024-12-31", "QD4750")]
    [InlineData("2025-01-01", "2026-06-30", "QD3176")]
    [InlineData("2026-07-01", "2026-09-30", "QD1931")]
    public void Every_field_of_the_release_in_force_is_there_and_no_other(string from, string to, string id)
    {
        var factory = new SampleFactory(new SampleOptions { From = DateOnly.Parse(from), To = DateOnly.Parse(to) });
        foreach ((SampleKind kind, int index) in Written.Mix(200, 8))
        {
            RecordBuilder builder = factory.Create(kind, index);
            Release release = factory.ReleaseOf(builder);
            Assert.Equal(id, release.Id);
            using Record record = builder.Build();
            for (int t = 0; t < TableNames.Count; t++)
            {
                if (record[(TableId)t] is not { } table) continue;
                Assert.NotNull(release.Table(table.Id));
                Assert.All(release.Table(table.Id)!.Fields, field => Assert.False(table[0][field.Id].IsAbsent, field.Id.ToString()));
                Assert.Equal(release.Table(table.Id)!.Fields.Length, table.FieldSequence.Count);
            }
        }
    }

    [Fact]
    public void A_release_can_be_asked_for()
    {
        var factory = new SampleFactory(new SampleOptions { ReleaseId = "QD4210", From = new(2023, 8, 1), To = new(2023, 8, 31) });
        RecordBuilder builder = factory.Create(SampleKind.Inpatient, 1);
        Assert.Empty(builder.Rows(TableId.Xml7));
        Assert.NotEmpty(builder.Rows(TableId.Xml5));
        Assert.Throws<InvalidOperationException>(() => new SampleFactory(new SampleOptions { From = new(2023, 8, 1), To = new(2023, 8, 31) }).Create(SampleKind.Outpatient, 1));
    }

    [Fact]
    public void All_text_is_NFC_and_well_formed()
    {
        foreach ((SampleKind kind, int index) in Written.Mix(300, 4))
        {
            using Record record = Factory.Create(kind, index).Build();
            foreach (string value in Written.Values(record))
            {
                // Normalize() does nothing under InvariantGlobalization; combining marks tell decomposed Vietnamese.
                Assert.DoesNotContain(value, c => c is >= '\u0300' and <= '\u036F');
                _ = new UTF8Encoding(false, true).GetByteCount(value);
            }
        }
    }

    [Fact]
    public void Nobody_in_them_can_exist()
    {
        foreach ((SampleKind kind, int index) in Written.Mix(500, 10))
        {
            RowBuilder row = Factory.Create(kind, index).Rows(TableId.Xml1)[0];
            Assert.Matches("^(099[0-9]{9}|MAU[0-9]{6}|)$", row[Xml1.SO_CCCD]);
            Assert.Matches("^([A-Z]{2}[1-5]99[0-9]{10}(;|$))*$", row[Xml1.MA_THE_BHYT]);
            Assert.Matches("M(Ẫ|A)U", row[Xml1.HO_TEN]);
            Assert.Equal("99001", row[Xml1.MA_CSKCB]);
            Assert.Matches("^(0000000000|)$", row[Xml1.DIEN_THOAI]);
        }
    }

    [Fact]
    public void The_unusual_happens()
    {
        var seen = new HashSet<string>();
        foreach ((SampleKind kind, int index) in Written.Mix(3000, 60))
        {
            RecordBuilder builder = Factory.Create(kind, index);
            RowBuilder row = builder.Rows(TableId.Xml1)[0];
            for (int t = 0; t < TableNames.Count; t++) if (builder.Rows((TableId)t).Count > 0) seen.Add(((TableId)t).Code());
            seen.Add("object " + row[Xml1.MA_DOITUONG_KCB]);
            seen.Add("kind " + row[Xml1.MA_LOAI_KCB]);
            if (row[Xml1.MA_THE_BHYT]!.Contains(';')) seen.Add("two cards");
            if (row[Xml1.MA_QUOCTICH] != "000") seen.Add("foreigner");
            if (row[Xml1.NGAY_MIEN_CCT]!.Length > 0) seen.Add("exempt");
            if (row[Xml1.T_NGUONKHAC] != "0.00") seen.Add("other funds");
            foreach (RowBuilder drug in builder.Rows(TableId.Xml2))
            {
                seen.Add("rate " + drug[Xml2.MUC_HUONG]);
                seen.Add("pays " + drug[Xml2.TYLE_TT_BH]);
            }

            foreach (RowBuilder service in builder.Rows(TableId.Xml3))
            {
                if (service[Xml3.T_TRANTT]!.Length > 0) seen.Add("ceiling");
                if (service[Xml3.MA_NHOM] == "13") seen.Add("exam " + service[Xml3.TYLE_TT_DV]);
            }
        }

        string[] expected =
        [
            "XML1", "XML2", "XML3", "XML4", "XML5", "XML6", "XML7", "XML8", "XML9", "XML10", "XML11", "XML13", "XML14", "XML15",
            "object 1.1", "object 1.12", "object 1.13", "object 1.3", "object 2", "object 9", "kind 01", "kind 03", "kind 05", "two cards", "foreigner",
            "exempt", "other funds", "rate 80", "rate 95", "rate 100", "rate 0", "rate 50", "rate 47.5", "rate 40", "pays 50", "pays 100", "pays 0", "ceiling", "exam 100", "exam 30",
        ];
        Assert.Empty(expected.Except(seen));
    }

    [Fact]
    public void A_check_in_and_an_assessment_come_along()
    {
        RecordBuilder record = Factory.Create(SampleKind.Inpatient, 3);
        RowBuilder checkIn = Assert.Single(Factory.CheckIn(record).Rows(TableId.Xml0));
        Assert.Equal(record.Rows(TableId.Xml1)[0][Xml1.MA_LK], checkIn[Xml0.MA_LK]);
        Assert.NotEmpty(checkIn[Xml0.TEN_DICH_VU]!);
        RowBuilder assessment = Assert.Single(Factory.Assessment(3).Rows(TableId.Xml12));
        Assert.All(Releases.Newest.Table(TableId.Xml12)!.Fields.Where(f => f.Required == Requirement.Always), f => Assert.False(string.IsNullOrEmpty(assessment[f.Id]), f.Name));
    }
}
