namespace LienThong.Portal.Tests;

/// <summary>Without HTTPS only this machine is talked to.</summary>
public sealed class PlainAddressTests
{
    [Theory]
    [InlineData("http://127.0.0.1:8080/", true)]
    [InlineData("http://localhost/", true)]
    [InlineData("http://[::1]:8080/", true)]
    [InlineData("http://10.0.0.1/", false)]
    [InlineData("http://localhost.example/", false)]
    [InlineData("http://127.0.0.1.example/", false)]
    [InlineData("https://cong.example/", true)]
    public void Only_this_machine_may_be_talked_to_without_https(string address, bool taken) =>
        Assert.Equal(taken, Account(address).Problem(new PortalOptions()) is null);

    [Fact]
    public async Task An_address_is_judged_alike_by_threads_that_ask_at_the_same_time()
    {
        for (int i = 0; i < 4000; i++)
        {
            PortalAccount account = Account("http://127.0.0.1:8191/");
            int started = 0;
            Task<string?> other = Task.Run(() =>
            {
                Volatile.Write(ref started, 1);
                return account.Problem(new PortalOptions());
            });
            while (Volatile.Read(ref started) == 0) Thread.SpinWait(1);
            Assert.Null(account.Problem(new PortalOptions()));
            Assert.Null(await other);
        }
    }

    private static PortalAccount Account(string address) => new(new Uri(address), "99001", "99", "u", PortalAccount.Digest("x"));
}
