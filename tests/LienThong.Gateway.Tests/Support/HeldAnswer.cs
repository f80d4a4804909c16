namespace LienThong.Gateway.Tests.Support;

/// <summary>A portal that has been called and doesn't answer until it is told to; later calls are answered at once.</summary>
internal sealed class HeldAnswer
{
    private readonly TaskCompletionSource called = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource answer = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends when the first call has reached the portal.</summary>
    public Task Called => called.Task;

    /// <summary>Lets the portal answer.</summary>
    public void Give() => answer.SetResult();

    internal Task CallAsync()
    {
        called.TrySetResult();
        return answer.Task;
    }
}
