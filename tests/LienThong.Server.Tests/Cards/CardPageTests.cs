using System.Net;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Cards;

/// <summary>The front desk in the browser.</summary>
public sealed class CardPageTests(CardServer house) : IClassFixture<CardServer>
{
    private const string Desk = "/tra-the";
    private const string Qr = $"099090000123||{CardServer.Name}|05031990|Nữ|1 Đường Mẫu|15042021";

    [Fact]
    public async Task One_scan_leads_to_the_verdict_and_the_cursor_is_ready_for_the_next()
    {
        using HttpClient browser = await house.Server.SignedInAsync("front_desk");

        using HttpResponseMessage asked = await PostAsync(browser, ("so", Qr), ("luc", "During"));
        string verdict = await browser.GetStringAsync(asked.Headers.Location);

        Assert.Equal(HttpStatusCode.Redirect, asked.StatusCode);
        Assert.Contains("card-verdict-green", verdict, StringComparison.Ordinal);
        Assert.Contains("Thẻ hợp lệ", verdict, StringComparison.Ordinal);
        Assert.Contains("Tiếp tục tiếp đón", verdict, StringComparison.Ordinal);
        Assert.Contains("31/12/2099", verdict, StringComparison.Ordinal);
        Assert.Contains("J00 - Viêm mũi họng cấp", verdict, StringComparison.Ordinal);
        Assert.DoesNotContain("B20", verdict, StringComparison.Ordinal);
        Assert.Matches("id=\"so\" name=\"so\" value=\"\"[^>]* autofocus", verdict);
    }

    [Fact]
    public async Task What_is_wrong_stands_beside_its_field_and_the_cursor_in_it()
    {
        using HttpClient browser = await house.Server.SignedInAsync("front_desk");

        using HttpResponseMessage asked = await PostAsync(browser, ("so", "<b>0000012345"), ("ho-ten", "Trần"), ("ngay-sinh", "31/02/1990"));
        string number = await asked.Content.ReadAsStringAsync();
        using HttpResponseMessage second = await PostAsync(browser, ("so", "0000012345"), ("ho-ten", ""), ("ngay-sinh", "1990"));
        string name = await second.Content.ReadAsStringAsync();

        Assert.Equal(HttpStatusCode.UnprocessableEntity, asked.StatusCode);
        Assert.Contains("&lt;b&gt;0000012345", number, StringComparison.Ordinal);
        Assert.DoesNotContain("<b>0000012345", number, StringComparison.Ordinal);
        Assert.Matches("id=\"ho-ten\"[^>]* autofocus", name);
    }

    [Fact]
    public async Task What_didn_t_fit_is_mended_without_typing_all_of_it_again()
    {
        using HttpClient browser = await house.Server.SignedInAsync("front_desk");
        using HttpResponseMessage asked = await PostAsync(browser, ("so", CardServer.Number), ("ho-ten", "Trần Sai Tên"), ("ngay-sinh", "05/03/1990"), ("ma-lk", "LK-MEND"));
        string verdict = await browser.GetStringAsync(asked.Headers.Location);

        string form = await browser.GetStringAsync(Html.Find(verdict, "href=\"(?<it>/tra-the/[0-9a-f-]+\\?sua=1)\""));

        Assert.Contains("card-verdict-red", verdict, StringComparison.Ordinal);
        Assert.Contains("value=\"Trần Sai Tên\"", form, StringComparison.Ordinal);
        Assert.Contains($"value=\"{CardServer.Number}\"", form, StringComparison.Ordinal);
        Assert.Contains("value=\"LK-MEND\"", form, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_outage_says_to_go_on_and_stands_on_the_list_that_is_exported_and_closed()
    {
        using HttpClient browser = await house.Server.SignedInAsync("front_desk");
        house.Portal.IsDown = true;
        using HttpResponseMessage asked = await PostAsync(browser, ("so", "0000012345"), ("ho-ten", CardServer.Name), ("ngay-sinh", "1990"), ("ma-lk", "LK-PAGE"));
        string verdict = await browser.GetStringAsync(asked.Headers.Location);
        string list = await browser.GetStringAsync(Desk + "/chua-xac-minh");
        string id = Html.Find(list, "action=\"/tra-the/chua-xac-minh/(?<it>[0-9a-f-]+)/dong\"");

        house.Portal.IsDown = false;
        using HttpResponseMessage again = await RunningServer.PostAsync(browser, Desk + "/chua-xac-minh", $"{Desk}/chua-xac-minh/{id}/tra-lai");
        string verified = await browser.GetStringAsync(again.Headers.Location);

        Assert.Contains("Tiếp đón bình thường", verdict, StringComparison.Ordinal);
        Assert.Contains("LK-PAGE", list, StringComparison.Ordinal);
        Assert.Contains("tự tra lại lúc", list, StringComparison.Ordinal);
        Assert.Contains("Thẻ hợp lệ", verified, StringComparison.Ordinal);
        Assert.DoesNotContain("LK-PAGE", await browser.GetStringAsync(Desk + "/chua-xac-minh"), StringComparison.Ordinal);
        using HttpResponseMessage csv = await browser.GetAsync($"{Desk}/chua-xac-minh/xuat?co-so={RunningServer.Facility}");
        Assert.StartsWith("text/csv", csv.Content.Headers.ContentType!.ToString(), StringComparison.Ordinal);
        using HttpResponseMessage others = await browser.GetAsync($"{Desk}/chua-xac-minh/xuat?co-so={RunningServer.OtherFacility}");
        Assert.Equal(HttpStatusCode.NotFound, others.StatusCode);
    }

    [Fact]
    public async Task Closing_takes_how_to_reach_the_patient()
    {
        using HttpClient browser = await house.Server.SignedInAsync("front_desk");
        house.Portal.IsDown = true;
        using HttpResponseMessage asked = await PostAsync(browser, ("so", "0000099999"), ("ho-ten", CardServer.Name), ("ngay-sinh", "1990"), ("ma-lk", "LK-CLOSE"));
        house.Portal.IsDown = false;
        string list = await browser.GetStringAsync(Desk + "/chua-xac-minh");
        string id = Html.Find(list[list.IndexOf("LK-CLOSE", StringComparison.Ordinal)..], "action=\"/tra-the/chua-xac-minh/(?<it>[0-9a-f-]+)/dong\"");

        using HttpResponseMessage without = await RunningServer.PostAsync(browser, Desk + "/chua-xac-minh", $"{Desk}/chua-xac-minh/{id}/dong", ("lien-he", ""));
        using HttpResponseMessage closed = await RunningServer.PostAsync(browser, Desk + "/chua-xac-minh", $"{Desk}/chua-xac-minh/{id}/dong", ("lien-he", "0900 000 000"));

        Assert.EndsWith("da=lien-he", without.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.EndsWith("da=dong", closed.Headers.Location!.OriginalString, StringComparison.Ordinal);
        Assert.DoesNotContain("LK-CLOSE", await browser.GetStringAsync(Desk + "/chua-xac-minh"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_looks_up_is_set_on_a_page_and_the_number_never_shown_again()
    {
        using HttpClient admin = await house.Server.SignedInAsync("clinic_admin"), desk = await house.Server.SignedInAsync("front_desk");
        const string Settings = Desk + "/cai-dat";

        using HttpResponseMessage set = await RunningServer.PostAsync(admin, Settings, Settings + "/nguoi-tra-cuu", ("co-so", RunningServer.Facility), ("ho-ten", "Lê Văn Mẫu"), ("cccd", "079085000111"), ("cho", "co-so"));
        using HttpResponseMessage wrong = await RunningServer.PostAsync(admin, Settings, Settings, ("co-so", RunningServer.Facility), ("gio", "25:00"), ("toc-do", "20"));
        using HttpResponseMessage refused = await RunningServer.PostAsync(desk, Settings, Settings + "/nguoi-tra-cuu", ("co-so", RunningServer.Facility), ("ho-ten", "Lê Văn Mẫu"), ("cccd", "079085000111"), ("cho", "co-so"));
        string page = await admin.GetStringAsync(Settings);

        Assert.Equal((HttpStatusCode.Redirect, HttpStatusCode.UnprocessableEntity, HttpStatusCode.Forbidden), (set.StatusCode, wrong.StatusCode, refused.StatusCode));
        Assert.Contains("tận cùng 111", page, StringComparison.Ordinal);
        Assert.DoesNotContain("079085000111", page, StringComparison.Ordinal);
        Assert.Contains("Không có thay đổi", await admin.GetStringAsync(Desk + "/thay-doi"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_auditor_sees_and_looks_nothing_up_and_IT_sees_nothing()
    {
        using HttpClient auditor = await house.Server.SignedInAsync("auditor"), it = await house.Server.SignedInAsync("it_operator");

        Assert.DoesNotContain("id=\"so\"", await auditor.GetStringAsync(Desk), StringComparison.Ordinal);
        using HttpResponseMessage refused = await it.GetAsync(Desk);
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
    }

    private static Task<HttpResponseMessage> PostAsync(HttpClient browser, params (string, string)[] fields) =>
        RunningServer.PostAsync(browser, Desk, Desk, [("co-so", RunningServer.Facility), .. fields]);
}
