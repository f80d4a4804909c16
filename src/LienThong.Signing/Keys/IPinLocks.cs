namespace LienThong.Signing;

/// <summary>Whether a PIN may be tried.</summary>
public enum PinState
{
    /// <summary>Nothing speaks against a try.</summary>
    Free,

    /// <summary>Somebody is trying right now. Left over by a crash it stands for a try whose outcome nobody knows.</summary>
    Trying,

    /// <summary>The last try was wrong: none is made until a person unlocks.</summary>
    Locked,
}

/// <summary>Where it is kept, beyond the life of a process, that a PIN was wrong. One entry per <see cref="KeyPlace.PinScope"/>; an unknown one is <see cref="PinState.Free"/>. Unlocking is a person's doing and no part of this.</summary>
public interface IPinLocks
{
    /// <summary>Turns <see cref="PinState.Free"/> into <see cref="PinState.Trying"/>, durably and in one step, however many ask at once.</summary>
    /// <returns>The state found: only <see cref="PinState.Free"/> allows the try.</returns>
    ValueTask<PinState> BeginAsync(string scope, CancellationToken ct);

    /// <summary>Notes how a try ended: <see cref="PinState.Locked"/> when it was wrong, otherwise <see cref="PinState.Free"/>. Also called without a beginning, when a password in use turns wrong.</summary>
    ValueTask EndAsync(string scope, bool wrong);
}
