using LienThong.Standard;

namespace LienThong.Extracts.Tests.Tables;

/// <summary>Rows of many tables become visits; what is wrong names file, line, column and remedy, and costs no other visit.</summary>
public sealed class VisitAssemblyTests
{
    private const string Visits = """
        MA_LK,MA_CSKCB,MA_LOAI_KCB,MA_DOITUONG_KCB,NGAY_VAO,MA_BN,HO_TEN,MA_THE_BHYT,MA_BENH_CHINH,MA_BENH_KT
        LK1,99001,01,1.1,15/08/2026 08:00,BN1,Trần Mẫu An,GD4990100000001,I10,E11;K29
        LK2,99001,01,9,16/08/2026 09:00,BN2,Lê Mẫu Bình,,J00,

        """;

    private const string Drugs = """
        MA_LK,TEN_THUOC,SO_LUONG,DON_GIA,NGAY_YL
        LK2,Thuốc Mẫu B,1,2000,16/08/2026 09:10
        LK1,Thuốc Mẫu A,"2",1000,15/08/2026 08:10
        LK1,Thuốc Mẫu C,3,1500.5,15/08/2026 08:10

        """;

    [Fact]
    public void Tables_named_like_the_model_need_no_mapping()
    {
        List<VisitReading> read = Extract.Read(Extract.Of(("thuoc.csv", Drugs), ("luot_kham.csv", Visits)));

        Assert.All(read, r => Assert.Empty(r.Problems));
        Assert.Equal(["LK1", "LK2"], read.Select(r => r.Visit!.Key));
        Visit first = read[0].Visit!;
        Assert.Equal("Trần Mẫu An", first[VisitFields.Patient.HO_TEN]);
        Assert.Equal(["main I10", "secondary E11", "secondary K29"], first[SectionId.Diagnoses].Select(d => $"{d[VisitFields.Diagnoses.Role]} {d[VisitFields.Diagnoses.MA_BENH]}"));
        Assert.Equal(["Thuốc Mẫu A", "Thuốc Mẫu C"], first[SectionId.Drugs].Select(d => d[VisitFields.Drugs.TEN_THUOC]));
        Assert.Equal(new Place("thuoc.csv", 3), first[SectionId.Drugs][0].Place);
        Assert.Equal("TEN_THUOC", first.Columns[SectionId.Drugs]["TEN_THUOC"]);
        Assert.Empty(read[1].Visit![SectionId.Cards]);
    }

    [Fact]
    public void Orphans_empty_keys_and_repeated_keys_are_told_and_the_good_visits_go_through()
    {
        string visits = Visits + "LK3,99001,01,1.1,15/08/2026 08:00,BN3,Ngô Mẫu Cúc,,,\nLK3,99001,01,1.1,15/08/2026 08:00,BN3,Ngô Mẫu Cúc,,,\n";
        string drugs = Drugs + "LK9,Thuốc Mẫu,1,1,15/08/2026 08:10\n,Thuốc Mẫu,1,1,15/08/2026 08:10\n";

        List<VisitReading> read = Extract.Read(Extract.Of(("luot_kham.csv", visits), ("thuoc.csv", drugs)));

        ExtractProblem orphan = Assert.Single(read.SelectMany(r => r.Problems), p => p.Code == ExtractCodes.Orphan);
        Assert.Equal(("thuoc.csv", 5, "MA_LK", "LK9"), (orphan.File, orphan.Line, orphan.Column, orphan.Value));
        ExtractProblem empty = Assert.Single(read.SelectMany(r => r.Problems), p => p.Code == ExtractCodes.Missing);
        Assert.Equal(("thuoc.csv", 6L), (empty.File, empty.Line));
        ExtractProblem twice = Assert.Single(read.SelectMany(r => r.Problems), p => p.Code == ExtractCodes.Repeated && p.Message.Contains("Lượt khám", StringComparison.Ordinal));
        Assert.Equal(("luot_kham.csv", 5L, "LK3"), (twice.File, twice.Line, twice.Visit));
        Assert.Equal(["LK1", "LK2"], read.Where(r => r.IsUsable).Select(r => r.Visit!.Key));
    }

    [Fact]
    public void A_wrong_value_names_file_line_column_value_and_remedy()
    {
        List<VisitReading> read = Extract.Read(Extract.Of(("luot_kham.csv", Visits), ("thuoc.csv", Drugs.Replace("\"2\"", "hai", StringComparison.Ordinal))));

        ExtractProblem problem = Assert.Single(read.SelectMany(r => r.Problems));
        Assert.Equal(("thuoc.csv", 3, "SO_LUONG", "hai", "LK1"), (problem.File, problem.Line, problem.Column, problem.Value, problem.Visit));
        Assert.Equal("Cần số.", problem.Fix);
        Assert.Equal("LK2", Assert.Single(read, r => r.IsUsable).Visit!.Key);
    }

    [Fact]
    public void A_row_with_broken_quotes_keeps_the_visit_out_whose_key_stands_in_it()
    {
        List<VisitReading> read = Extract.Read(Extract.Of(("luot_kham.csv", Visits), ("thuoc.csv", Drugs.Replace("\"2\"", "\"2\"x", StringComparison.Ordinal))));

        ExtractProblem problem = Assert.Single(read.SelectMany(r => r.Problems));
        Assert.Equal(("thuoc.csv", 3, "LK1"), (problem.File, problem.Line, problem.Visit));
        Assert.Equal("LK2", Assert.Single(read, r => r.IsUsable).Visit!.Key);
    }

    [Fact]
    public void A_table_that_breaks_off_gives_no_visit_at_all()
    {
        List<VisitReading> read = Extract.Read(Extract.Of(("luot_kham.csv", Visits), ("thuoc.csv", Drugs + "LK1,\"" + new string('x', 3_000_000))));

        Assert.DoesNotContain(read, r => r.Visit is not null);
        Assert.Equal(ExtractCodes.Unreadable, Assert.Single(read).Problems[0].Code);
    }

    [Fact]
    public void Unknown_columns_and_tables_are_told_once()
    {
        List<VisitReading> read = Extract.Read(Extract.Of(("luot_kham.csv", Visits.Replace("MA_CSKCB", "MA_CSKBC", StringComparison.Ordinal)), ("linh_tinh.csv", "A\n1\n")), new ExtractMapping { Facility = "99001" });

        Assert.Equal(["linh_tinh.csv", "luot_kham.csv"], read.SelectMany(r => r.Problems).Where(p => p.Code == ExtractCodes.Unknown).Select(p => p.File));
        Assert.Contains("MA_CSKBC", read[1].Problems[0].Message, StringComparison.Ordinal);
        Assert.Equal(2, read.Count(r => r.IsUsable && r.Visit!.Facility == "99001"));
    }

    [Fact]
    public void A_table_without_a_required_column_or_without_visits_is_refused()
    {
        List<VisitReading> missing = Extract.Read(Extract.Of(("luot_kham.csv", Visits), ("thuoc.csv", Drugs.Replace("DON_GIA", "GIA", StringComparison.Ordinal))));
        List<VisitReading> none = Extract.Read(Extract.Of(("thuoc.csv", Drugs)));

        Assert.DoesNotContain(missing, r => r.Visit is not null);
        Assert.Contains(missing.SelectMany(r => r.Problems), p => p is { Severity: Severity.Block, File: "thuoc.csv", Column: "DON_GIA" });
        Assert.Contains("luot_kham", Assert.Single(none).Problems[0].Fix, StringComparison.Ordinal);
    }

    [Fact]
    public void Example_rows_are_left_out()
    {
        List<VisitReading> read = Extract.Read(Extract.Of(("luot_kham.csv", Visits + "#VD1,99001,01,1.1,15/08/2026 08:00,BN3,Ví dụ,,,\n"), ("thuoc.csv", Drugs + "#VD1,Ví dụ,1,1,\n")));

        Assert.Equal(["LK1", "LK2"], read.Select(r => r.Visit!.Key));
        Assert.All(read, r => Assert.Empty(r.Problems));
    }

    [Fact]
    public void The_temporary_stream_is_closed_even_when_the_reader_gives_up()
    {
        var temporary = new ClosableStream();
        var assembly = new VisitAssembly(ExtractMapping.ByName, new AssemblyOptions(() => temporary) { MemoryBytes = 64 });

        foreach (VisitReading reading in assembly.Read(Extract.Of(("luot_kham.csv", Visits), ("thuoc.csv", Drugs))))
        {
            Assert.Equal("LK1", reading.Visit!.Key);
            break;
        }

        Assert.True(temporary.IsClosed);
        Assert.True(assembly.Spilled > 0);
    }

    private sealed class ClosableStream : MemoryStream
    {
        public bool IsClosed { get; private set; }

        protected override void Dispose(bool disposing)
        {
            IsClosed = true;
            base.Dispose(disposing);
        }
    }
}
