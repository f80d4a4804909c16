namespace LienThong.Validation.Tests;

public class CodeListTests
{
    private static readonly DateOnly Early = new(2026, 3, 1);
    private static readonly DateOnly Late = new(2026, 9, 1);

    [Fact]
    public void Rows_of_a_code_are_those_valid_on_the_day()
    {
        CodeList list = Lists.Table(
            "service_facility", "MA_DICH_VU|GIA_THANH_TOAN|from|to",
            "18.0015.0001|55000|2026-01-01|2026-07-31", "18.0015.0001|58000|2026-08-01|", "21.0014.1778|37000|2026-01-01|");

        Assert.Equal(["55000"], Prices(list, "18.0015.0001", Early));
        Assert.Equal(["58000"], Prices(list, "18.0015.0001", Late));
        Assert.Empty(Prices(list, "18.0015.0001", new DateOnly(2025, 12, 31)));
        Assert.True(list.Contains("18.0015.0001"u8, new DateOnly(2026, 7, 31)));
        Assert.False(list.Contains("18.0015.0002"u8, Early));
    }

    [Fact]
    public void Coverage_starts_with_the_first_row_unless_it_is_said()
    {
        CodeList own = Lists.Table("dept_facility", "MA_KHOA|from", "K01|2026-01-01", "K02|2026-05-01");
        var builder = new CodeListBuilder(FacilityLists.Departments, "MA_KHOA") { CoversFrom = Early, CoversTo = Late };
        builder.Add(["K01"]);
        CodeList said = builder.Build();

        Assert.False(own.Covers(new DateOnly(2025, 12, 31)));
        Assert.True(own.Covers(new DateOnly(2026, 1, 1)) && own.Covers(DateOnly.MaxValue));
        Assert.True(said.Covers(Early) && said.Covers(Late));
        Assert.False(said.Covers(Early.AddDays(-1)) || said.Covers(Late.AddDays(1)));
    }

    [Fact]
    public void Row_refused_by_the_portal_is_as_good_as_absent_but_told_in_the_history()
    {
        CodeList list = Lists.Table("drug_facility", "MA_THUOC|accepted", "40.48|0", "40.30|1", "40.67|");

        Assert.False(list.Contains("40.48"u8, Early));
        Assert.True(list.Contains("40.30"u8, Early) && list.Contains("40.67"u8, Early));
        foreach (CodeRow row in list.History("40.48"u8)) Assert.False(row.Accepted);
        Assert.False(list.History("40.48"u8).IsEmpty);
    }

    [Fact]
    public void Codes_ignore_case_blanks_around_them_and_the_form_of_accents()
    {
        CodeList list = Lists.Of("staff_facility", " 000002/mau-GPHN ", "Đ1".Normalize());

        Assert.True(list.Contains("000002/MAU-gphn"u8, Early));
        Assert.True(list.Contains("Đ1"u8, Early));
        CodeList accented = Lists.Of("staff_facility", "É1".Normalize(System.Text.NormalizationForm.FormC));
        Assert.True(accented.Contains(System.Text.Encoding.UTF8.GetBytes("É1".Normalize(System.Text.NormalizationForm.FormD)), Early));
    }

    [Fact]
    public void Row_is_found_by_each_of_its_keys()
    {
        CodeList list = Lists.Table("staff_facility", "MACCHN|SO_DINH_DANH|HO_TEN", "000002/MAU-GPHN|099075000002|Nguyễn Mẫu An", "|099072000001|Phạm Mẫu Giám");

        Assert.True(list.Contains("000002/MAU-GPHN"u8, Early) && list.Contains("099075000002"u8, Early));
        foreach (CodeRow row in list.Rows("099072000001"u8, Early)) Assert.Equal("Phạm Mẫu Giám", row.Text(FacilityLists.Staff.At("HO_TEN")));
        Assert.Equal(2, list.Count);
    }

    [Fact]
    public void Machine_is_found_without_what_stands_in_brackets_and_its_further_serials()
    {
        CodeList list = Lists.Of("equipment_facility", "CL.3[vaynganhang].MAUCL0001", "NS.1.MAUNS0001;MAUNS0002");

        Assert.True(list.Contains("CL.3.MAUCL0001"u8, Early) && list.Contains("NS.1.MAUNS0001"u8, Early));
        Assert.False(list.Contains("MAUNS0002"u8, Early));
    }

    [Fact]
    public void Lookup_allocates_nothing()
    {
        CodeList list = Many(10_000);
        byte[][] codes = [.. Enumerable.Range(0, 10_000).Select(i => System.Text.Encoding.UTF8.GetBytes($"10.{i:0000}.{i:0000}"))];
        long found = Sum(list, codes);
        long before = GC.GetAllocatedBytesForCurrentThread();

        found = Sum(list, codes);

        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
        Assert.Equal(10_000, found);
    }

    [Fact]
    public void Deferred_list_is_fetched_at_the_first_look()
    {
        int fetched = 0;
        CodeList list = CodeList.Deferred(FacilityLists.Drugs, true, Early, null, () =>
        {
            fetched++;
            return Lists.Of("drug_facility", "40.48");
        });

        Assert.True(list.Covers(Late));
        Assert.Equal(0, fetched);
        Assert.True(list.Contains("40.48"u8, Late) && list.Contains("40.48"u8, Late));
        Assert.Equal(1, fetched);
    }

    [Fact]
    public void Row_without_key_or_with_dates_the_wrong_way_round_is_refused()
    {
        var builder = new CodeListBuilder(FacilityLists.Drugs, "MA_THUOC", "TEN_THUOC");

        Assert.Throws<ArgumentException>(() => builder.Add(["", "Paramau"]));
        Assert.Throws<ArgumentException>(() => builder.Add(["40.48", "Paramau"], Late, Early));
    }

    [Fact]
    public void Every_list_a_rule_needs_is_defined_and_has_one_name()
    {
        HashSet<string> defined = [.. ListDefinitions.All.Select(l => l.Name)];

        Assert.Equal(ListDefinitions.All.Count, defined.Count);
        Assert.Equal([], RuleCatalogue.All.SelectMany(r => r.NeedsLists).Distinct()
            .Where(l => !defined.Contains(l) && l is not (HistoryLists.Submissions or HistoryLists.Cards or HistoryLists.CheckIns)));
    }

    [Fact]
    public void Built_in_lists_hold_rows_and_say_from_when_they_speak()
    {
        CodeList objects = CodeLists.None.Find("patient_object")!;

        Assert.False(objects.Covers(new DateOnly(2025, 6, 30)));
        Assert.True(objects.Contains("1.1"u8, Early));
        Assert.False(CodeLists.None.Find("route")!.IsComplete);
        Assert.All(ListDefinitions.All.Select(l => CodeLists.None.Find(l.Name)).OfType<CodeList>(), l => Assert.True(l.Count > 5));
    }

    private static CodeList Many(int count)
    {
        var builder = new CodeListBuilder(FacilityLists.Services, "MA_DICH_VU", "GIA_THANH_TOAN");
        for (int i = 0; i < count; i++) builder.Add([$"10.{i:0000}.{i:0000}", "1"]);
        return builder.Build();
    }

    private static long Sum(CodeList list, byte[][] codes)
    {
        long sum = 0;
        int price = FacilityLists.Services.At("GIA_THANH_TOAN");
        foreach (byte[] code in codes)
        {
            foreach (CodeRow row in list.Rows(code, Early)) sum += (long)row.Number(price).Value;
        }

        return sum;
    }

    private static List<string> Prices(CodeList list, string code, DateOnly day)
    {
        var prices = new List<string>();
        foreach (CodeRow row in list.Rows(System.Text.Encoding.UTF8.GetBytes(code), day)) prices.Add(row.Text(FacilityLists.Services.At("GIA_THANH_TOAN")));
        return prices;
    }
}
