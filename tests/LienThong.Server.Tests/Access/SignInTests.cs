using System.Net;
using LienThong.Gateway.Access;
using LienThong.Server.Tests.Support;

namespace LienThong.Server.Tests.Access;

/// <summary>The front door.</summary>
public sealed class SignInTests(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Takes_people_back_to_the_page_they_asked_for()
    {
        using HttpClient browser = server.Browser();
        using HttpResponseMessage away = await browser.GetAsync("/ho-so?state=Invalid");
        Assert.Equal("/dang-nhap?ve=%2Fho-so%3Fstate%3DInvalid", away.Headers.Location!.OriginalString);

        using HttpResponseMessage back = await RunningServer.PostAsync(
            browser, "/dang-nhap", "/dang-nhap", ("ten", "auditor"), ("mat-khau", RunningServer.Password), ("ve", "/ho-so?state=Invalid"));

        Assert.Equal("/ho-so?state=Invalid", back.Headers.Location!.OriginalString);
    }

    [Theory]
    [InlineData("https://evil.example/")]
    [InlineData("//evil.example/")]
    [InlineData("/\\evil.example")]
    [InlineData("javascript:alert(1)")]
    public async Task Never_leads_to_a_foreign_address(string target)
    {
        using HttpClient browser = server.Browser();

        using HttpResponseMessage answer = await RunningServer.PostAsync(
            browser, "/dang-nhap", "/dang-nhap", ("ten", "auditor"), ("mat-khau", RunningServer.Password), ("ve", target));

        Assert.Equal("/", answer.Headers.Location!.OriginalString);
    }

    [Fact]
    public async Task The_session_cookie_is_out_of_reach_of_scripts_and_other_sites()
    {
        using HttpClient browser = server.Browser();

        using HttpResponseMessage answer = await RunningServer.PostAsync(browser, "/dang-nhap", "/dang-nhap", ("ten", "auditor"), ("mat-khau", RunningServer.Password));

        string cookie = answer.Headers.GetValues("Set-Cookie").Single(c => c.StartsWith("lienthong=", StringComparison.Ordinal));
        Assert.Contains("httponly", cookie, StringComparison.OrdinalIgnoreCase);
        Assert.Contains("samesite=lax", cookie, StringComparison.OrdinalIgnoreCase);
    }

    [Fact]
    public async Task A_wrong_password_and_an_unknown_name_get_the_same_answer()
    {
        using HttpClient browser = server.Browser();
        async Task<string> TryAsync(string name)
        {
            using HttpResponseMessage answer = await RunningServer.PostAsync(browser, "/dang-nhap", "/dang-nhap", ("ten", name), ("mat-khau", "không phải mật khẩu"));
            Assert.Equal(HttpStatusCode.Forbidden, answer.StatusCode);
            return await answer.Content.ReadAsStringAsync();
        }

        Assert.Contains("Tên đăng nhập hoặc mật khẩu không đúng.", await TryAsync("therapist"), StringComparison.Ordinal);
        Assert.Contains("Tên đăng nhập hoặc mật khẩu không đúng.", await TryAsync("khong-co-ai"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Five_wrong_passwords_lock_the_account()
    {
        await server.AddUserAsync("locked", Roles.Auditor, FacilityScope.Only(RunningServer.Facility));
        using HttpClient browser = server.Browser();
        for (int i = 0; i < new LockoutRules().Failures; i++)
            (await RunningServer.PostAsync(browser, "/dang-nhap", "/dang-nhap", ("ten", "locked"), ("mat-khau", "sai"))).Dispose();

        using HttpResponseMessage right = await RunningServer.PostAsync(browser, "/dang-nhap", "/dang-nhap", ("ten", "locked"), ("mat-khau", RunningServer.Password));

        Assert.Equal(HttpStatusCode.Forbidden, right.StatusCode);
        Assert.Contains("Sai quá nhiều lần", await right.Content.ReadAsStringAsync(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Signing_out_ends_the_session_on_the_server()
    {
        using HttpClient browser = await server.SignedInAsync("auditor");
        using HttpResponseMessage page = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.OK, page.StatusCode);

        using HttpResponseMessage answer = await RunningServer.PostAsync(browser, "/", "/dang-xuat");

        Assert.Equal("/dang-nhap", answer.Headers.Location!.OriginalString);
        using HttpResponseMessage after = await browser.GetAsync("/");
        Assert.Equal(HttpStatusCode.Redirect, after.StatusCode);
    }

    [Fact]
    public void The_first_admin_gets_the_chosen_password() => Assert.Equal(RunningServer.Password, server.FirstPassword);

    [Fact]
    public async Task Too_many_tries_from_one_address_have_to_wait()
    {
        RunningServer strict = new() { Options = o => o with { SignInsPerMinute = 3 } };
        await strict.InitializeAsync();
        try
        {
            using HttpClient browser = strict.Browser();
            List<HttpStatusCode> answers = [];
            for (int i = 0; i < 5; i++)
            {
                using HttpResponseMessage answer = await RunningServer.PostAsync(browser, "/dang-nhap", "/dang-nhap", ("ten", "x" + i), ("mat-khau", "y"));
                answers.Add(answer.StatusCode);
                if (answer.StatusCode == HttpStatusCode.TooManyRequests)
                    Assert.InRange(answer.Headers.RetryAfter!.Delta!.Value.TotalSeconds, 1, 60);
            }

            Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.TooManyRequests, HttpStatusCode.TooManyRequests], answers);
        }
        finally
        {
            await strict.DisposeAsync();
        }
    }

    [Fact]
    public async Task Too_many_tries_by_one_name_have_to_wait_wherever_they_come_from()
    {
        RunningServer strict = new() { Options = o => o with { SignInsPerName = 2 } };
        await strict.InitializeAsync();
        try
        {
            List<HttpStatusCode> answers = [];
            foreach (string name in (string[])["ai", "AI", " ai", "nguoi-khac"])
            {
                using HttpClient browser = strict.Browser();
                using HttpResponseMessage answer = await RunningServer.PostAsync(browser, "/dang-nhap", "/dang-nhap", ("ten", name), ("mat-khau", "y"));
                answers.Add(answer.StatusCode);
            }

            Assert.Equal([HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.TooManyRequests, HttpStatusCode.Forbidden], answers);
        }
        finally
        {
            await strict.DisposeAsync();
        }
    }

    [Fact]
    public async Task A_token_that_calls_too_often_gets_problem_details_and_others_go_on()
    {
        RunningServer strict = new() { Options = o => o with { CallsPerToken = 2 } };
        await strict.InitializeAsync();
        try
        {
            using HttpClient his = strict.Api("auditor"), other = strict.Api("therapist");
            for (int i = 0; i < 2; i++)
                (await his.GetAsync("/api/v1/me")).EnsureSuccessStatusCode().Dispose();

            using HttpResponseMessage refused = await his.GetAsync("/api/v1/me");
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Equal("application/problem+json", refused.Content.Headers.ContentType?.MediaType);
            Assert.NotNull(refused.Headers.RetryAfter);
            (await other.GetAsync("/api/v1/me")).EnsureSuccessStatusCode().Dispose();
        }
        finally
        {
            await strict.DisposeAsync();
        }
    }
}
