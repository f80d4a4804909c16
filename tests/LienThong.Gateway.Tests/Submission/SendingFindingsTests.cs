using LienThong.Gateway.Records;
using LienThong.Gateway.Storage;
using LienThong.Gateway.Submission;
using LienThong.Gateway.Tests.Support;
using LienThong.Signing;
using LienThong.Standard;
using LienThong.Validation;

namespace LienThong.Gateway.Tests.Submission;

/// <summary>What the rules of the sending stage find stands on the record.</summary>
public abstract class SendingFindingsTests(Db db)
{
    [Fact]
    public async Task Record_sent_after_its_deadline_says_so()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        w.Time.Advance(TimeSpan.FromDays(40));

        await w.DrainAsync();

        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal(RecordState.Accepted, detail.Current.State);
        StoredFinding late = Assert.Single(detail.Findings, f => f.Rule == "PKG-SEND-001");
        Assert.Equal((Severity.Warn, "XML1", "NGAY_RA"), (late.Severity, late.Table, late.Field));
        Assert.Contains("quá hạn", late.Message, StringComparison.Ordinal);
        Assert.Equal(1, detail.Current.Warnings);
    }

    [Fact]
    public async Task Replacing_an_accepted_record_is_told_until_a_reason_is_given()
    {
        await using World w = await World.CreateAsync(db);
        Guid id = await w.IngestOneAsync("LK1");
        await w.DrainAsync();
        Assert.DoesNotContain((await w.DetailAsync(id)).Findings, f => f.Rule == "PKG-SEND-002");
        await w.IngestOneAsync("LK1", "Sốt cao");

        await w.DrainAsync();

        RecordDetail detail = await w.DetailAsync(id);
        Assert.Equal((2, RecordState.Accepted), (detail.Current.Version, detail.Current.State));
        StoredFinding replaced = Assert.Single(detail.Findings, f => f.Rule == "PKG-SEND-002");
        Assert.Equal(("LK1", Severity.Info), (replaced.Value, replaced.Severity));
    }

    [Theory]
    [InlineData(SignatureFault.None, "123", "")]
    [InlineData(SignatureFault.None, null, "PKG-SIGN-001")]
    [InlineData(SignatureFault.KeyUnavailable, null, "PKG-SIGN-001")]
    [InlineData(SignatureFault.Value, null, "PKG-SIGN-002")]
    [InlineData(SignatureFault.Expired, null, "PKG-SIGN-003")]
    [InlineData(SignatureFault.NotRegistered, null, "PKG-SIGN-003")]
    public void What_signing_came_to_has_its_rule(SignatureFault fault, string? serial, string code)
    {
        SendingFacts facts = SendingFindings.OfSigning(
            new VersionRow { MaLk = "LK1" }, demanded: true, serial, fault, "Chứng thư hết hạn.", new DateTimeOffset(2026, 8, 1, 0, 0, 0, TimeSpan.Zero));

        Assert.Equal(code.Length == 0 ? [] : [code], SendingRules.Judge(facts).Select(f => f.Rule));
        Assert.All(SendingRules.Judge(facts), f => Assert.DoesNotContain('{', f.Message + f.Fix));
    }

    [Fact]
    public void Package_of_two_records_is_told()
    {
        var facts = new SendingFacts { Now = new DateTime(2026, 8, 1), MaLk = "LK1", Records = 2 };

        Assert.Equal("PKG-SOLUONG-002", Assert.Single(SendingRules.Judge(facts)).Rule);
        Assert.Empty(SendingRules.Judge(facts with { Records = 1 }));
    }

    [Fact]
    public void Signature_rules_begin_in_2026() =>
        Assert.Empty(SendingRules.Judge(new SendingFacts { Now = new DateTime(2025, 12, 31), MaLk = "LK1", SignatureDemanded = true }));
}

public sealed class SendingFindingsOnSqliteTests() : SendingFindingsTests(Db.Sqlite);

public sealed class SendingFindingsOnPostgresTests() : SendingFindingsTests(Db.Postgres);
