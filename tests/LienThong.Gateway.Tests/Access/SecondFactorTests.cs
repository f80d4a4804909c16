using System.Text;
using LienThong.Gateway.Access;
using LienThong.Gateway.Tests.Support;
using Microsoft.Extensions.DependencyInjection;

namespace LienThong.Gateway.Tests.Access;

/// <summary>Codes as RFC 6238 has them.</summary>
public sealed class TotpTests
{
    // Appendix B, cut to six digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_standard(long seconds, string code)
    {
        byte[] secret = Encoding.ASCII.GetBytes("12345678901234567890");

        Assert.Equal(code, Totp.CodeAt(secret, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))));
    }

    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Base32_is_that_of_RFC_4648(string text, string encoded) => Assert.Equal(encoded, Totp.Base32(Encoding.ASCII.GetBytes(text)));

    [Fact]
    public void Neighbouring_steps_count_and_no_others()
    {
        byte[] secret = Totp.NewSecret();
        DateTimeOffset now = DateTimeOffset.FromUnixTimeSeconds(1_800_000_000);
        long step = Totp.StepAt(now);

        Assert.Equal([null, step - 1, step, step + 1, null], new[] { -2, -1, 0, 1, 2 }.Select(d => Totp.Match(secret, Totp.CodeAt(secret, step + d), now, 0)));
        Assert.Null(Totp.Match(secret, Totp.CodeAt(secret, step), now, step));
    }
}

/// <summary>A second factor from setting up to losing it.</summary>
public abstract class SecondFactorTests(Db db)
{
    [Fact]
    public async Task Sign_in_asks_for_a_code_that_works_once()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        Caller lan = await w.UserAsync("lan", [Roles.Therapist], FacilityScope.Only(A.Facility));
        (byte[] secret, _) = await SetUpAsync(w, lan);
        w.Time.Advance(TimeSpan.FromMinutes(5));
        SignInResult.NeedsCode half = Assert.IsType<SignInResult.NeedsCode>(await w.SignInAsync("lan", AccessWorld.Password));
        string code = Totp.CodeAt(secret, Totp.StepAt(w.Time.GetUtcNow()));

        Assert.Null(await w.Users.FindBySessionAsync(half.Token, default));
        Assert.IsType<SignInResult.Refused>(await ContinueAsync(w, half.Token, "000000" == code ? "000001" : "000000"));
        SignInResult.SignedIn full = Assert.IsType<SignInResult.SignedIn>(await ContinueAsync(w, half.Token, code[..3] + " " + code[3..]));
        Assert.NotNull(await w.Users.FindBySessionAsync(full.Token, default));
        Assert.Null(await ContinueAsync(w, half.Token, code));
        SignInResult.NeedsCode again = Assert.IsType<SignInResult.NeedsCode>(await w.SignInAsync("lan", AccessWorld.Password));
        Assert.IsType<SignInResult.Refused>(await ContinueAsync(w, again.Token, code));
    }

    [Fact]
    public async Task Wrong_codes_lock_and_signing_in_anew_gives_no_new_tries()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        Caller lan = await w.UserAsync("lan", [], FacilityScope.Only(A.Facility));
        await SetUpAsync(w, lan);
        for (int i = 0; i < 4; i++)
        {
            SignInResult.NeedsCode half = Assert.IsType<SignInResult.NeedsCode>(await w.SignInAsync("lan", AccessWorld.Password));
            Assert.IsType<SignInResult.Refused>(await ContinueAsync(w, half.Token, "abc"));
        }
        SignInResult.NeedsCode last = Assert.IsType<SignInResult.NeedsCode>(await w.SignInAsync("lan", AccessWorld.Password));

        Assert.IsType<SignInResult.LockedOut>(await ContinueAsync(w, last.Token, "abc"));
        Assert.IsType<SignInResult.LockedOut>(await w.SignInAsync("lan", AccessWorld.Password));
    }

    [Fact]
    public async Task A_recovery_code_works_once_however_it_is_typed()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        Caller lan = await w.UserAsync("lan", [], FacilityScope.Only(A.Facility));
        (_, string[] codes) = await SetUpAsync(w, lan);
        Assert.Equal(10, codes.Distinct().Count());
        async Task<SignInResult?> TryAsync(string code) =>
            await ContinueAsync(w, Assert.IsType<SignInResult.NeedsCode>(await w.SignInAsync("lan", AccessWorld.Password)).Token, code);

        Assert.IsType<SignInResult.SignedIn>(await TryAsync(codes[3].Replace("-", " ", StringComparison.Ordinal).ToUpperInvariant()));
        Assert.IsType<SignInResult.Refused>(await TryAsync(codes[3]));
        Assert.Equal(9, await w.Get<OwnAccount>().RecoveryCodesLeftAsync(lan, default));
        Assert.DoesNotContain(await w.Database.QueryUnscopedAsync<string>("SELECT code_hash FROM recovery_code", null, default), h => codes.Contains(h));
    }

    [Fact]
    public async Task The_secret_lies_encrypted_and_counts_only_once_confirmed_and_the_admin_can_take_it_away()
    {
        await using World w = await World.CreateAsync(db, facility: false);
        Caller lan = await w.UserAsync("lan", [], FacilityScope.Only(A.Facility));
        (SecondFactorOffer? offer, _) = await w.Get<OwnAccount>().OfferSecondFactorAsync(lan, AccessWorld.Password, default);
        Assert.Contains($"secret={offer!.Secret}", offer.Address, StringComparison.Ordinal);
        await w.EnterAsync("lan");

        (byte[] secret, _) = await SetUpAsync(w, lan);

        byte[] stored = Assert.Single(await w.Database.QueryUnscopedAsync<byte[]>("SELECT totp_secret FROM app_user WHERE name = 'lan'", null, default));
        Assert.True(stored.AsSpan().IndexOf(secret) < 0);
        Assert.True((await w.Get<UserDesk>().ResetSecondFactorAsync(w.Officer, lan.UserId, default)).Done);
        await w.EnterAsync("lan");
    }

    [Fact]
    public async Task A_role_can_demand_it_and_then_it_can_not_be_turned_off()
    {
        await using World w = await World.CreateAsync(db, facility: false, configure: s => s.AddSingleton(new AccessOptions { SecondFactor = new SecondFactorRules { RequiredFor = [Roles.ClinicAdmin] } }));
        Caller admin = await w.UserAsync("qt", [Roles.ClinicAdmin], FacilityScope.Only(A.Facility));
        await w.UserAsync("lan", [Roles.Therapist], FacilityScope.Only(A.Facility));

        Assert.Equal(FirstStep.SetUpSecondFactor, (await w.Users.FindBySessionAsync((await w.EnterAsync("qt")).Token, default))!.FirstStep);
        Assert.Equal(FirstStep.None, (await w.Users.FindBySessionAsync((await w.EnterAsync("lan")).Token, default))!.FirstStep);
        await SetUpAsync(w, admin);
        Assert.Equal("second-factor-required", (await w.Get<OwnAccount>().RemoveSecondFactorAsync(admin, AccessWorld.Password, default)).Code);
        Assert.Equal("wrong-password", (await w.Get<OwnAccount>().RemoveSecondFactorAsync(admin, "sai", default)).Code);
    }

    private static Task<SignInResult?> ContinueAsync(World w, string token, string code) => w.Get<SignInDesk>().ContinueAsync(token, code, default, default);

    private static async Task<(byte[] Secret, string[] Codes)> SetUpAsync(World w, Caller caller)
    {
        OwnAccount account = w.Get<OwnAccount>();
        (SecondFactorOffer? offer, AccessChange change) = await account.OfferSecondFactorAsync(caller, AccessWorld.Password, default);
        Assert.True(change.Done, change.Message);
        byte[] secret = Read(offer!.Secret);
        Assert.Equal("wrong-code", (await account.ConfirmSecondFactorAsync(caller, "12345", default)).Code);
        AccessChange confirmed = await account.ConfirmSecondFactorAsync(caller, Totp.CodeAt(secret, Totp.StepAt(w.Time.GetUtcNow())), default);
        Assert.True(confirmed.Done, confirmed.Message);
        return (secret, confirmed.Secret!.Split('\n'));
    }

    private static byte[] Read(string base32)
    {
        List<byte> bytes = [];
        int held = 0, bits = 0;
        foreach (char c in base32)
        {
            held = (held << 5) | "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(c, StringComparison.Ordinal);
            bits += 5;
            if (bits < 8)
                continue;
            bits -= 8;
            bytes.Add((byte)(held >> bits));
            held &= (1 << bits) - 1;
        }
        return [.. bytes];
    }
}

public sealed class SecondFactorOnSqliteTests() : SecondFactorTests(Db.Sqlite);

public sealed class SecondFactorOnPostgresTests() : SecondFactorTests(Db.Postgres);
