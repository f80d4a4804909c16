using System.Net;
using LienThong.Gateway.Access;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Access;

/// <summary>The pages of users and of one's own account.</summary>
public sealed class AccountPageTests(RunningServer server) : IClassFixture<RunningServer>
{
    private const string New = "con mèo ngủ trên mái";

    [Fact]
    public async Task A_new_user_gets_nowhere_before_the_password_is_changed()
    {
        using HttpClient admin = await server.SignedInAsync("clinic_admin");
        using HttpResponseMessage made = await RunningServer.PostAsync(
            admin, "/nguoi-dung", "/nguoi-dung", ("ten", "hoa"), ("ho-ten", "Trần Thị Hoa"), ("mat-khau", ""), ("vai-tro", Roles.Therapist), ("co-so", RunningServer.Facility));
        string shown = await made.Content.ReadAsStringAsync();
        string password = Html.Find(shown, "user-select-all\">(?<it>[^<]+)<");
        using HttpClient hoa = server.Browser();
        using HttpResponseMessage entered = await RunningServer.PostAsync(hoa, "/dang-nhap", "/dang-nhap", ("ten", "hoa"), ("mat-khau", password), ("ve", "/ho-so"));
        Assert.Equal("/ho-so", entered.Headers.Location!.OriginalString);

        using HttpResponseMessage away = await hoa.GetAsync("/ho-so");
        Assert.Equal("/tai-khoan", away.Headers.Location!.OriginalString);
        using HttpResponseMessage refused = await hoa.GetAsync("/api/v1/records");
        Assert.Equal(HttpStatusCode.Forbidden, refused.StatusCode);
        Assert.Contains("password-change-required", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);
        using HttpResponseMessage different = await RunningServer.PostAsync(hoa, "/tai-khoan", "/tai-khoan/mat-khau", ("hien-tai", password), ("moi", New), ("lap-lai", "khác"));
        Assert.Equal(HttpStatusCode.UnprocessableEntity, different.StatusCode);
        using HttpResponseMessage changed = await RunningServer.PostAsync(hoa, "/tai-khoan", "/tai-khoan/mat-khau", ("hien-tai", password), ("moi", New), ("lap-lai", New));
        Assert.Equal(HttpStatusCode.OK, changed.StatusCode);
        using HttpResponseMessage open = await hoa.GetAsync("/ho-so");
        Assert.Equal(HttpStatusCode.OK, open.StatusCode);
    }

    [Fact]
    public async Task A_second_factor_is_set_up_with_a_QR_code_and_asked_for_at_sign_in()
    {
        await server.AddUserAsync("minh", Roles.Therapist, FacilityScope.Only(RunningServer.Facility));
        using HttpClient minh = await server.SignedInAsync("minh");
        using HttpResponseMessage offered = await RunningServer.PostAsync(minh, "/tai-khoan", "/tai-khoan/hai-buoc", ("mat-khau", RunningServer.Password));
        string page = await offered.Content.ReadAsStringAsync();
        Assert.Contains("<svg class=\"qr\"", page, StringComparison.Ordinal);
        byte[] secret = Base32(Html.Find(page, "user-select-all\">(?<it>[A-Z2-7]+)<"));
        string Code() => Totp.CodeAt(secret, Totp.StepAt(DateTimeOffset.UtcNow));
        using HttpResponseMessage confirmed = await RunningServer.PostAsync(minh, "/tai-khoan", "/tai-khoan/hai-buoc/xac-nhan", ("ma", Code()));
        string recovery = Html.Find(await confirmed.Content.ReadAsStringAsync(), "<code>(?<it>[a-z0-9-]{19})</code>");
        using HttpClient again = server.Browser();
        using HttpResponseMessage half = await RunningServer.PostAsync(again, "/dang-nhap", "/dang-nhap", ("ten", "minh"), ("mat-khau", RunningServer.Password), ("ve", "/ho-so"));
        Assert.Equal("/dang-nhap/ma?ve=%2Fho-so", half.Headers.Location!.OriginalString);
        using HttpResponseMessage closed = await again.GetAsync("/ho-so");
        Assert.Equal(HttpStatusCode.Redirect, closed.StatusCode);
        using HttpResponseMessage wrong = await RunningServer.PostAsync(again, "/dang-nhap/ma", "/dang-nhap/ma", ("ma", "12"), ("ve", "/ho-so"));
        Assert.Equal(HttpStatusCode.Forbidden, wrong.StatusCode);

        using HttpResponseMessage full = await RunningServer.PostAsync(again, "/dang-nhap/ma", "/dang-nhap/ma", ("ma", recovery), ("ve", "/ho-so"));

        Assert.Equal("/ho-so", full.Headers.Location!.OriginalString);
        using HttpResponseMessage inside = await again.GetAsync("/ho-so");
        Assert.Equal(HttpStatusCode.OK, inside.StatusCode);
    }

    [Fact]
    public async Task A_token_issued_on_the_page_works_until_it_is_revoked_there()
    {
        await server.AddUserAsync("his", Roles.InsuranceOfficer, FacilityScope.Only(RunningServer.Facility));
        UserView user = (await server.Get<UserDesk>().FindByNameAsync(Caller.System(), "his", default))!;
        using HttpClient admin = await server.SignedInAsync("super_admin");
        string page = $"/nguoi-dung/{user.Id}";
        using HttpResponseMessage issued = await RunningServer.PostAsync(
            admin, page, page + "/ma", ("nhan", "Máy chủ HIS"), ("ngay", "30"), ("quyen", Permissions.ReadRecords), ("co-so", RunningServer.Facility));
        string token = Html.Find(await issued.Content.ReadAsStringAsync(), "(?<it>lt_[0-9a-f]{64})");
        using HttpClient his = server.Api(null);
        his.DefaultRequestHeaders.Add("Authorization", "Bearer " + token);
        (await his.GetAsync("/api/v1/records")).EnsureSuccessStatusCode().Dispose();
        using HttpResponseMessage beyond = await his.GetAsync("/api/v1/facilities");
        Assert.Equal(HttpStatusCode.Forbidden, beyond.StatusCode);
        string html = await admin.GetStringAsync(page);
        Assert.Contains("Máy chủ HIS", html, StringComparison.Ordinal);
        TokenView shown = (await server.Get<AccessTokens>().BearersOfAsync(Caller.System(), user.Id, default))!.First(t => t.Label == "Máy chủ HIS");

        (await RunningServer.PostAsync(admin, page, page + "/thu-hoi", ("ma", shown.Id))).Dispose();

        using HttpResponseMessage gone = await his.GetAsync("/api/v1/records");
        Assert.Equal(HttpStatusCode.Unauthorized, gone.StatusCode);
    }

    [Fact]
    public async Task The_log_shows_and_exports_the_same_and_verifies()
    {
        using HttpClient auditor = await server.SignedInAsync("super_admin");
        string page = await auditor.GetStringAsync("/nhat-ky?viec=user.signed-in&nguoi=super_admin");
        string csv = await auditor.GetStringAsync("/nhat-ky/xuat?viec=user.signed-in&nguoi=super_admin");

        Assert.Contains("Đăng nhập", page, StringComparison.Ordinal);
        Assert.Equal(Count(page, "data-label=\"Thời điểm\""), Count(csv, "user.signed-in"));
        Assert.Equal(0, Count(csv, "user.created"));
        using HttpResponseMessage verified = await RunningServer.PostAsync(auditor, "/nhat-ky", "/nhat-ky/kiem-tra");
        Assert.Contains("không dòng nào bị sửa", await verified.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    private static int Count(string text, string part) => text.Split(part).Length - 1;

    private static byte[] Base32(string text)
    {
        string bits = string.Concat(text.Select(c => Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal), 2).PadLeft(5, '0')));
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.Substring(i * 8, 8), 2))];
    }
}
