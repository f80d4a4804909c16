using System.Runtime.InteropServices;

namespace LienThong.Signing.Tests.Keys;

/// <summary>Stands between p11-kit and the module: counts logins, and pulls the token out. Has to be there before p11-kit gives out its first list, which holds copies of the module's functions.</summary>
internal sealed class ModuleSpy
{
    private const nuint DeviceRemoved = 0x32;
    private const nuint TokenNotPresent = 0xE0;
    private static readonly string[] Paths = ["/usr/lib/softhsm/libsofthsm2.so", "/usr/lib/x86_64-linux-gnu/softhsm/libsofthsm2.so", "/usr/lib/aarch64-linux-gnu/softhsm/libsofthsm2.so"];

    private readonly nint list;
    private readonly List<Delegate> kept = [];
    private readonly Lock gate = new();
    private readonly Raw.SlotsOf present;
    private readonly Raw.One closeAll;
    private volatile bool unplugged;
    private int logins;

    internal ModuleSpy()
    {
        nint module = NativeLibrary.Load(Paths.First(File.Exists));
        Assert.Equal(0u, Marshal.GetDelegateForFunctionPointer<Functions>(NativeLibrary.GetExport(module, "C_GetFunctionList"))(out list));
        Raw.One start = Raw.Of<Raw.One>(list, Raw.Initialize);
        Replace<Raw.One>(Raw.Initialize, a => Locked(() => start(a)));
        Raw.One end = Raw.Of<Raw.One>(list, Raw.Finalize);
        Replace<Raw.One>(Raw.Finalize, a => Locked(() => end(a)));
        present = Raw.Of<Raw.SlotsOf>(list, Raw.GetSlotList);
        closeAll = Raw.Of<Raw.One>(list, Raw.CloseAllSessions);
        Raw.Three slots = Raw.Of<Raw.Three>(list, Raw.GetSlotList);
        Replace<Raw.Three>(Raw.GetSlotList, (a, b, c) => Locked(() => slots(a, b, c)));
        Raw.Four login = Raw.Of<Raw.Four>(list, Raw.Login);
        Replace<Raw.Four>(Raw.Login, (a, b, c, d) =>
        {
            Interlocked.Increment(ref logins);
            return Alone(() => login(a, b, c, d));
        });
        Raw.Two info = Raw.Of<Raw.Two>(list, Raw.GetTokenInfo);
        Replace<Raw.Two>(Raw.GetTokenInfo, (a, b) => Locked(() => unplugged ? TokenNotPresent : Flagged(info(a, b), b)));
        Raw.Five open = Raw.Of<Raw.Five>(list, Raw.OpenSession);
        Replace<Raw.Five>(Raw.OpenSession, (a, b, c, d, e) => Alone(() => open(a, b, c, d, e)));
        Raw.One close = Raw.Of<Raw.One>(list, Raw.CloseSession);
        Replace<Raw.One>(Raw.CloseSession, a => Alone(() => close(a)));
        Raw.Four values = Raw.Of<Raw.Four>(list, Raw.GetAttributeValue);
        Replace<Raw.Four>(Raw.GetAttributeValue, (a, b, c, d) => Alone(() => values(a, b, c, d)));
        Raw.Three search = Raw.Of<Raw.Three>(list, Raw.FindObjectsInit);
        Replace<Raw.Three>(Raw.FindObjectsInit, (a, b, c) => FailsAfterLogin ? DeviceRemoved : Alone(() => search(a, b, c)));
        Raw.Four find = Raw.Of<Raw.Four>(list, Raw.FindObjects);
        Replace<Raw.Four>(Raw.FindObjects, (a, b, c, d) => Alone(() => find(a, b, c, d)));
        Raw.One found = Raw.Of<Raw.One>(list, Raw.FindObjectsFinal);
        Replace<Raw.One>(Raw.FindObjectsFinal, a => Alone(() => found(a)));
        Raw.Three begin = Raw.Of<Raw.Three>(list, Raw.SignInit);
        Replace<Raw.Three>(Raw.SignInit, (a, b, c) => Alone(() => begin(a, b, c)));
        Raw.Five sign = Raw.Of<Raw.Five>(list, Raw.Sign);
        Replace<Raw.Five>(Raw.Sign, (a, b, c, d, e) => Alone(() => sign(a, b, c, d, e)));
    }

    private delegate nuint Functions(out nint list);

    internal int Logins => Volatile.Read(ref logins);

    /// <summary>Flags added to what the token says of itself.</summary>
    internal long ExtraFlags { get; set; }

    /// <summary>The token is pulled out in the moment between login and search.</summary>
    internal bool FailsAfterLogin { get; set; }

    internal void Unplug() => unplugged = true;

    /// <summary>The tokens come (back) as real ones do: without sessions and without login.</summary>
    internal void PlugIn()
    {
        (ExtraFlags, FailsAfterLogin) = (0, false);
        lock (gate)
        {
            CloseAll();
            unplugged = false;
        }
    }

    private void CloseAll()
    {
        nuint[] slots = new nuint[64];
        nuint count = 64;
        if (present(1, slots, ref count) != 0) return; // nobody uses the module yet
        foreach (nuint slot in slots.Take((int)count)) closeAll((nint)slot);
    }

    // softhsm2 doesn't bear sessions being closed under its hands; a real module does its own locking when a token goes.
    private nuint Locked(Func<nuint> call)
    {
        lock (gate) return call();
    }

    private nuint Alone(Func<nuint> call)
    {
        lock (gate) return unplugged ? DeviceRemoved : call();
    }

    private nuint Flagged(nuint code, nint info)
    {
        if (code == 0 && ExtraFlags != 0) Marshal.WriteInt64(info, 96, Marshal.ReadInt64(info, 96) | ExtraFlags);
        return code;
    }

    private void Replace<T>(int place, T mine) where T : Delegate
    {
        kept.Add(mine);
        Marshal.WriteIntPtr(Raw.Slot(list, place), Marshal.GetFunctionPointerForDelegate(mine));
    }
}
