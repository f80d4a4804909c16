using LienThong.Gateway.Intake.Pull;

namespace LienThong.Gateway.Tests.Intake.Pull;

public sealed class PullPlanTests
{
    private static readonly string Good = Hospital.SqliteYaml("/var/his.db");

    [Fact]
    public void A_plan_is_read_with_its_defaults()
    {
        PullPlanLoad load = PullPlanLoad.Read(Good);

        Assert.Empty(load.Errors);
        Assert.Equal((PullProvider.Sqlite, "99001", 10), (load.Plan!.Provider, load.Plan.Facility, load.Plan.Visits.Batch));
        Assert.Equal([("luot_kham", false), ("thuoc", true)], load.Plan.Queries.Select(q => (q.Name, q.PerVisit)));
    }

    [Theory]
    [InlineData("name: nguon", "name: Nguồn 1", 2, "name gồm")]
    [InlineData("provider: sqlite", "provider: db2", 3, "postgres, sqlite, command, assembly")]
    [InlineData("facility: \"99001\"", "facility: 9", 5, "mã cơ sở")]
    [InlineData("pause: 0s", "paus: 0s", 6, "pause")]
    [InlineData("batch: 10", "batch: 5000", 12, "từ 1 đến 1000")]
    [InlineData("LIMIT @batch", "", 8, "@batch")]
    [InlineData("WHERE MA_LK = @key", "", 16, "@keys")]
    [InlineData("SELECT * FROM thuoc", "DELETE FROM thuoc", 16, "SELECT")]
    [InlineData("Data Source=/var/his.db", "Data Source=/var/his.db;Password=x1", 4, "mật khẩu")]
    public void A_mistake_is_told_with_line_and_remedy(string from, string to, int line, string word)
    {
        Assert.Contains(from, Good, StringComparison.Ordinal);

        PullPlanLoad load = PullPlanLoad.Read(Good.Replace(from, to, StringComparison.Ordinal));

        Assert.Null(load.Plan);
        Assert.Contains(load.Errors, e => e.Line == line && e.Column > 0 && e.Message.Contains(word, StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("")]
    [InlineData("pull: 1")]
    [InlineData("pull:\n  name: [")]
    [InlineData("a: &x 1\npull: *x")]
    public void Garbage_is_told_not_thrown(string yaml) => Assert.NotEmpty(PullPlanLoad.Read(yaml).Errors);

    [Fact]
    public void Secrets_come_from_outside_and_never_show()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, "Host=h;Password=rất-bí-mật\n");
        PullSecrets secrets = new();

        Assert.Equal("Host=h;Password=rất-bí-mật", secrets.ResolveValue("@" + file));
        Assert.Equal("lỗi «•••» và •••", secrets.Mask("lỗi «rất-bí-mật» và Host=h;Password=rất-bí-mật"));
        Assert.Throws<PullException>(() => secrets.Resolve("${KHONG_CO_BIEN_NAY}"));
        File.Delete(file);
    }

    [Fact]
    public void A_window_may_go_over_midnight()
    {
        PullWindow night = new(new TimeOnly(20, 0), new TimeOnly(6, 0));

        Assert.True(night.Holds(new TimeOnly(23, 0)) && night.Holds(new TimeOnly(5, 59)));
        Assert.False(night.Holds(new TimeOnly(6, 0)) || night.Holds(new TimeOnly(12, 0)));
    }

    [Fact]
    public void The_sample_is_right() => Assert.Equal(6, Hospital.SamplePlan("Host=x").Plan!.Queries.Count);
}
