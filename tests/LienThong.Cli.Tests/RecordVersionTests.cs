using System.Text.Json;
using LienThong.Cli.Tests.Support;
using LienThong.Signing;
using LienThong.Standard;

namespace LienThong.Cli.Tests;

/// <summary><c>records correct|diff|history</c>, <c>diff</c> and <c>doctor</c>.</summary>
public sealed class RecordVersionTests : IDisposable
{
    private readonly Folder folder = new();

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_record_is_corrected_compared_and_sent_again()
    {
        await using Running portal = await Running.StartAsync([], "simulator", "--urls", "http://127.0.0.1:0");
        string[] send = Sending(portal.Address, "mật khẩu");
        folder.Write("in/1.xml", Made.Good(1));
        await Command.RunAsync([.. send, folder.At("in/1.xml")]);
        string data = folder.At("data"), maLk = Made.MaLk(1);

        Outcome bad = await Command.RunAsync("records", "correct", maLk, "XML1.1.LY_DO_VV=Đau bụng", "--reason", "audit", "--data", data);
        Outcome corrected = await Command.RunAsync(
            "records", "correct", maLk, "XML1.1.LY_DO_VV=Đau bụng", "XML1.1.CAN_NANG=55.5", "--reason", "portal-fault", "--note", "Cổng báo lỗi", "--reference", "=9/BHXH", "--reference-date", "2026-01-05",
            "--data", data, "--output", "json");
        Outcome diff = await Command.RunAsync("records", "diff", maLk, "--data", data, "--output", "json");
        Outcome csv = await Command.RunAsync("records", "diff", maLk, "--from", "1", "--to", "2", "--data", data, "--output", "csv");
        Outcome history = await Command.RunAsync("records", "history", maLk, "--data", data, "--output", "json");
        Outcome text = await Command.RunAsync("records", "show", maLk, "--data", data);
        Outcome again = await Command.RunAsync([.. send, folder.At("in/1.xml"), "--output", "json"]);

        Assert.Equal(2, bad.Exit);
        Assert.Contains("cần số và ngày văn bản", bad.Error, StringComparison.Ordinal);
        Assert.True(corrected.Exit == 0, corrected.ToString());
        Assert.Equal(2, corrected.Json.GetProperty("version").GetInt32());
        JsonElement table = Assert.Single(diff.Json.GetProperty("tables").EnumerateArray());
        Assert.Equal(["LY_DO_VV", "CAN_NANG"], table.GetProperty("rows")[0].GetProperty("cells").EnumerateArray().Select(c => c.GetProperty("field").GetString()).OrderDescending());
        Assert.Contains("XML1,changed,1,1,,CAN_NANG,", csv.Out, StringComparison.Ordinal);
        JsonElement version = history.Json.GetProperty("versions")[0];
        Assert.Equal(("portal-fault", "=9/BHXH", "2026-01-05", "cli"), (version.GetProperty("reasonCode").GetString(), version.GetProperty("referenceNumber").GetString(),
            version.GetProperty("referenceDate").GetString(), version.GetProperty("actor").GetString()));
        Assert.Contains("Cổng báo lỗi", text.Out, StringComparison.Ordinal);
        Assert.True(again.Exit == 0, again.ToString());
        Outcome sent = await Command.RunAsync("records", "history", maLk, "--data", data, "--output", "json");
        Assert.Equal(("Accepted", 2), (sent.Json.GetProperty("state").GetString(), sent.Json.GetProperty("version").GetInt32()));
    }

    [Fact]
    public async Task Mistakes_are_told_with_their_remedy()
    {
        folder.Write("in/1.xml", Made.Good(1));
        await using Running portal = await Running.StartAsync([], "simulator", "--urls", "http://127.0.0.1:0");
        await Command.RunAsync([.. Sending(portal.Address, "mật khẩu"), folder.At("in/1.xml")]);

        Outcome shape = await Command.RunAsync("records", "correct", Made.MaLk(1), "XML1.LY_DO_VV=x", "--reason", "wrong-code", "--data", folder.At("data"));
        Outcome field = await Command.RunAsync("records", "correct", Made.MaLk(1), "XML1.1.KHONG_CO=x", "--reason", "wrong-code", "--data", folder.At("data"));
        Outcome missing = await Command.RunAsync("records", "diff", "KHONG-CO", "--data", folder.At("data"));
        Outcome version = await Command.RunAsync("records", "diff", Made.MaLk(1), "--to", "7", "--data", folder.At("data"));

        Assert.Equal((2, 2, 1, 1), (shape.Exit, field.Exit, missing.Exit, version.Exit));
        Assert.Contains("BẢNG.DÒNG.TRƯỜNG=GIÁ_TRỊ", shape.Error, StringComparison.Ordinal);
        Assert.Contains("KHONG_CO", field.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_files_are_compared_and_differences_are_exit_code_1()
    {
        RecordBuilder changed = Made.Factory.Create(Samples.SampleKind.Outpatient, 1);
        changed.Set(Xml1.T_BHTT, "1");
        (string one, string other) = (folder.Write("a.xml", Made.Good(1)), folder.Write("b.xml", Made.Package(changed)));

        Outcome same = await Command.RunAsync("diff", one, one);
        Outcome differ = await Command.RunAsync("diff", one, other, "--output", "json");

        Assert.Equal((0, 1), (same.Exit, differ.Exit));
        Assert.Equal("XML1", Assert.Single(differ.Json.GetProperty("tables").EnumerateArray()).GetProperty("table").GetString());
        Assert.Equal(3, (await Command.RunAsync("diff", one, folder.At("none.xml"))).Exit);
    }

    [Fact]
    public async Task Doctor_tells_each_step_and_sends_an_invented_record_to_the_simulator()
    {
        await using Running portal = await Running.StartAsync([], "simulator", "--urls", "http://127.0.0.1:0", "--account", "99001:99001_BV:mật khẩu");
        folder.Write("in/1.xml", Made.Good(1));
        await Command.RunAsync([.. Sending(portal.Address, "mật khẩu"), folder.At("in/1.xml")]);

        Outcome outcome = await Command.RunAsync("doctor", "--data", folder.At("data"), "--facility", "99001");
        Outcome soon = await Command.RunAsync("doctor", "--data", folder.At("data"), "--facility", "99001");
        Outcome real = await Command.RunAsync("doctor", "--data", folder.At("data"), "--facility", "99001", "--training", "https://egw.baohiemxahoi.gov.vn");

        Assert.True(outcome.Exit == 0, outcome.ToString());
        Assert.Contains("Gửi thử: Đã gửi hồ sơ thử KIEMTRA.99001.", outcome.Out, StringComparison.Ordinal);
        Assert.DoesNotContain("mật khẩu\n", outcome.Out, StringComparison.Ordinal);
        Assert.Equal(1, soon.Exit);
        Assert.Equal(2, real.Exit);
        Assert.Contains("Cổng thật", real.Error, StringComparison.Ordinal);
    }

    private string[] Sending(Uri portal, string password)
    {
        DemoKeys keys = DemoKeys.Create("99001", DateTimeOffset.UtcNow);
        return
        [
            "send", "--data", folder.At("data"), "--portal", portal.ToString(), "--facility", "99001", "--account", "99001_BV",
            "--password-file", folder.Write("portal.txt", password), "--pfx", folder.Write("key.pfx", keys.Pfx), "--pfx-password-file", folder.Write("key.txt", keys.Password),
        ];
    }
}
