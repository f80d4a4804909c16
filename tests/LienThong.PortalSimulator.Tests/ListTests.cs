using System.IO.Compression;
using System.Net;
using System.Net.Http.Json;
using System.Text;
using System.Text.Json;

namespace LienThong.PortalSimulator.Tests;

/// <summary>The lists of the portal's screens, with what checking finds after reception.</summary>
public sealed class ListTests
{
    [Fact]
    public async Task Reception_results_and_payment_agree_with_what_was_received()
    {
        await using RawCaller caller = await RawCaller.StartAsync();
        caller.Portal.Find(new CheckingRule("L2*", "E7", "Thẻ hết hạn"));
        string good = (await caller.SendAsync(Visit("L1", "150000", "120000"))).Transaction();
        string faulty = (await caller.SendAsync(Visit("L2", "150000", "120000"))).Transaction();
        string dear = (await caller.SendAsync(Visit("L3", "1000", "120000"))).Transaction();
        using HttpClient http = new() { BaseAddress = caller.Portal.BaseAddress };

        JsonElement reception = await http.GetFromJsonAsync<JsonElement>("/_sim/lists/reception?facility=99001");
        JsonElement results = await http.GetFromJsonAsync<JsonElement>("/_sim/lists/results?facility=99001");
        JsonElement payment = await http.GetFromJsonAsync<JsonElement>("/_sim/lists/payment?facility=99001&month=202607");

        Assert.Equal([(good, "0"), (faulty, "1"), (dear, "1")], reception.EnumerateArray().Select(r => (r.GetProperty("Mã giao dịch").GetString()!, r.GetProperty("Số hồ sơ lỗi").GetString()!)));
        Assert.Equal([("L2", "E7"), ("L3", "XML1_T_BHTT")], results.EnumerateArray().Select(r => (r.GetProperty("MA_LK").GetString()!, r.GetProperty("MALOI").GetString()!)));
        JsonElement row = Assert.Single(payment.EnumerateArray());
        Assert.Equal(("L1", "03/07/2026 15:00", "150000"), (row.GetProperty("Mã liên kết").GetString(), row.GetProperty("Ngày ra").GetString(), row.GetProperty("Tổng chi").GetString()));
        Assert.Empty((await http.GetFromJsonAsync<JsonElement>("/_sim/lists/payment?facility=99001&month=202608")).EnumerateArray());
        Assert.Empty((await http.GetFromJsonAsync<JsonElement>("/_sim/lists/reception?facility=99002")).EnumerateArray());
    }

    [Fact]
    public async Task A_replaced_record_is_received_twice_and_paid_once()
    {
        await using RawCaller caller = await RawCaller.StartAsync();
        await caller.SendAsync(Visit("L1", "150000", "120000"));
        await caller.SendAsync(Visit("L1", "90000", "80000"));
        using HttpClient http = new() { BaseAddress = caller.Portal.BaseAddress };

        Assert.Equal(2, (await http.GetFromJsonAsync<JsonElement>("/_sim/lists/reception?facility=99001")).GetArrayLength());
        Assert.Equal("90000", Assert.Single((await http.GetFromJsonAsync<JsonElement>("/_sim/lists/payment?facility=99001")).EnumerateArray()).GetProperty("Tổng chi").GetString());
    }

    [Fact]
    public async Task Lists_come_as_files_that_say_who_wrote_them()
    {
        await using RawCaller caller = await RawCaller.StartAsync();
        await caller.SendAsync(Visit("L1", "150000", "120000"));
        using HttpClient http = new() { BaseAddress = caller.Portal.BaseAddress };

        string csv = await http.GetStringAsync("/_sim/lists/payment?facility=99001&format=csv");
        byte[] book = await http.GetByteArrayAsync("/_sim/lists/payment?facility=99001&format=xlsx");

        Assert.StartsWith("TRÌNH MÔ PHỎNG", csv.TrimStart('\uFEFF'), StringComparison.Ordinal);
        Assert.Contains("1,L1,Trần Văn Thử,03/07/2026 15:00,150000,120000,", csv, StringComparison.Ordinal);
        using ZipArchive zip = new(new MemoryStream(book));
        using StreamReader sheet = new(zip.GetEntry("xl/worksheets/sheet1.xml")!.Open());
        string xml = await sheet.ReadToEndAsync();
        Assert.Contains("MÔ PHỎNG", xml, StringComparison.Ordinal);
        Assert.Contains("<t>L1</t>", xml, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await http.GetAsync("/_sim/lists/other?facility=99001")).StatusCode);
        Assert.Equal(HttpStatusCode.BadRequest, (await http.GetAsync("/_sim/lists/payment?facility=99001&format=pdf")).StatusCode);
    }

    private static Parts Visit(string maLk, string total, string fund) => new()
    {
        Files = [("XML1", Convert.ToBase64String(Encoding.UTF8.GetBytes(
            $"<TONG_HOP><MA_LK>{maLk}</MA_LK><HO_TEN>Trần Văn Thử</HO_TEN><NGAY_VAO>202607030800</NGAY_VAO><NGAY_RA>202607031500</NGAY_RA><T_TONGCHI_BV>{total}</T_TONGCHI_BV><T_BHTT>{fund}</T_BHTT></TONG_HOP>")))],
    };
}
