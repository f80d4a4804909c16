using LienThong.Signing;

namespace LienThong.PortalSimulator.Tests;

public sealed class SignatureTests
{
    private static readonly TestClock Clock = new();
    private static readonly DemoKeys Keys = DemoKeys.Create("99001", Clock.GetUtcNow());

    [Fact]
    public async Task A_package_signed_with_the_registered_certificate_is_received_byte_for_byte()
    {
        await using RawCaller caller = await StartAsync(Keys);
        byte[] signed = Sign(new Parts().Build());

        Assert.Equal("200", (await caller.SendAsync(signed)).Code());
        Assert.Equal(signed, caller.Portal.Store.Documents("99001", "L1")[0].Bytes);
    }

    [Fact]
    public async Task A_package_changed_after_signing_is_125()
    {
        await using RawCaller caller = await StartAsync(Keys);
        byte[] signed = Sign(new Parts().Build());
        signed[signed.AsSpan().IndexOf("20260701"u8) + 7] = (byte)'2';

        Assert.Equal("125", (await caller.SendAsync(signed)).Code());
        Assert.Empty(caller.Portal.Store.Documents());
    }

    [Fact]
    public async Task An_unregistered_serial_is_125()
    {
        await using RawCaller caller = await StartAsync(Keys, serial: "0102030405");

        Assert.Equal("125", (await caller.SendAsync(Sign(new Parts().Build()))).Code());
    }

    [Fact]
    public async Task A_certificate_of_another_authority_is_125_where_one_is_named()
    {
        DemoKeys foreign = DemoKeys.Create("99001", Clock.GetUtcNow());
        byte[] signed = Sign(new Parts().Build(), foreign);
        await using RawCaller strict = await StartAsync(Keys, serial: foreign.Serial);
        await using RawCaller byRegister = await StartAsync(Keys, serial: foreign.Serial, authority: false);

        Assert.Equal("125", (await strict.SendAsync(signed)).Code());
        Assert.Equal("200", (await byRegister.SendAsync(signed)).Code());
    }

    [Fact]
    public async Task A_signature_that_is_there_is_verified_even_where_none_is_required()
    {
        await using RawCaller caller = await StartAsync(Keys, required: false);
        byte[] signed = Sign(new Parts().Build());
        signed[signed.AsSpan().IndexOf("20260701"u8) + 7] = (byte)'2';

        Assert.Equal("125", (await caller.SendAsync(signed)).Code());
        Assert.Equal("200", (await caller.SendAsync(new Parts())).Code());
    }

    [Fact]
    public async Task Right_signature_over_disagreeing_tables_is_124()
    {
        await using RawCaller caller = await StartAsync(Keys);
        byte[] signed = Sign(new Parts { Files = [("XML1", Parts.Inner("TONG_HOP", "L1")), ("XML2", Parts.Inner("X", "L2"))] }.Build());

        Assert.Equal("124", (await caller.SendAsync(signed)).Code());
    }

    private static Task<RawCaller> StartAsync(DemoKeys keys, string? serial = null, bool authority = true, bool required = true) =>
        RawCaller.StartAsync(RawCaller.Options with
        {
            SignatureRequired = required,
            Time = Clock,
            TrustedAuthorityPem = authority ? keys.AuthorityPem : null,
            Accounts = [new("99001", "99001_BV", "mot") { CertificateSerials = [serial ?? keys.Serial] }],
        });

    private static byte[] Sign(byte[] document, DemoKeys? keys = null)
    {
        using IKeySource key = (keys ?? Keys).OpenKey();
        SignResult result = PackageSigner.Sign(document, key, new SignOptions { At = Clock.GetUtcNow() });
        return Assert.IsType<SignResult.Signed>(result).Bytes;
    }
}
