using System.Text.Json;

namespace LienThong.Server.Tests.Support;

/// <summary>Checks of problem details (RFC 9457).</summary>
public static class ProblemDetail
{
    public static async Task<JsonElement> AssertAsync(HttpResponseMessage answer, int status, string code)
    {
        string body = await answer.Content.ReadAsStringAsync();
        Assert.Equal(status, (int)answer.StatusCode);
        Assert.Equal("application/problem+json", answer.Content.Headers.ContentType?.MediaType);
        JsonElement problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal(status, problem.GetProperty("status").GetInt32());
        Assert.Equal(code, problem.GetProperty("code").GetString());
        Assert.Equal("urn:lienthong:problem:" + code, problem.GetProperty("type").GetString());
        Assert.NotEqual("", problem.GetProperty("title").GetString());
        Assert.NotEqual("", problem.GetProperty("detail").GetString());
        return problem;
    }
}
