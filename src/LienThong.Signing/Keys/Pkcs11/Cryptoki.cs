using System.Runtime.InteropServices;

namespace LienThong.Signing;

/// <summary>The few functions of PKCS#11 v2.40 that are needed, from a list p11-kit gives out for all modules it knows.</summary>
/// <remarks>Each list is a client of its own: it sees the tokens there are when it is initialised, and its sessions end when it is finalised. p11-kit never frees one, so they are used again.</remarks>
internal sealed class Cryptoki : IDisposable
{
    internal const nuint Ok = 0;
    internal const nuint AlreadyLoggedIn = 0x100;

    private const string Kit = "libp11-kit.so.0";

    private static readonly Lock Gate = new(); // modules aren't all sound when one caller comes while the last other one goes
    private static readonly Stack<nint> Unused = [];
    private readonly nint list;
    private bool returned;

    private Cryptoki(nint list)
    {
        this.list = list;
        Initialize = At<Plain>(list, 0);
        Finalize = At<Plain>(list, 1);
        GetSlotList = At<SlotList>(list, 4);
        GetTokenInfo = At<Info>(list, 6);
        OpenSession = At<Open>(list, 12);
        CloseSession = At<Session>(list, 13);
        Login = At<Enter>(list, 18);
        GetAttributeValue = At<Values>(list, 24);
        FindObjectsInit = At<Search>(list, 26);
        FindObjects = At<Found>(list, 27);
        FindObjectsFinal = At<Session>(list, 28);
        SignInit = At<Begin>(list, 42);
        Sign = At<Make>(list, 43);
    }

    internal delegate nuint Plain(nint none);

    internal delegate nuint SlotList(byte tokenPresent, [In, Out] nuint[] slots, ref nuint count);

    internal delegate nuint Info(nuint slot, [Out] byte[] info);

    internal delegate nuint Open(nuint slot, nuint flags, nint none, nint callback, out nuint session);

    internal delegate nuint Session(nuint session);

    internal delegate nuint Enter(nuint session, nuint user, byte[] pin, nuint length);

    internal delegate nuint Search(nuint session, [In] Attribute[] wanted, nuint count);

    internal delegate nuint Found(nuint session, [Out] nuint[] objects, nuint most, out nuint count);

    internal delegate nuint Values(nuint session, nuint item, [In, Out] Attribute[] attributes, nuint count);

    internal delegate nuint Begin(nuint session, ref Mechanism mechanism, nuint key);

    internal delegate nuint Make(nuint session, [In] byte[] data, nuint length, [Out] byte[] signature, ref nuint signatureLength);

    internal Begin SignInit { get; }

    internal Make Sign { get; }

    internal Plain Initialize { get; }

    internal Plain Finalize { get; }

    internal SlotList GetSlotList { get; }

    internal Info GetTokenInfo { get; }

    internal Open OpenSession { get; }

    internal Session CloseSession { get; }

    internal Enter Login { get; }

    internal Search FindObjectsInit { get; }

    internal Found FindObjects { get; }

    internal Session FindObjectsFinal { get; }

    internal Values GetAttributeValue { get; }

    /// <summary>Initialised functions for one caller; null when p11-kit isn't installed or doesn't work.</summary>
    internal static Cryptoki? Take()
    {
        try
        {
            lock (Gate)
            {
                if (!Unused.TryPop(out nint list) && GetFunctionList(out list) != Ok) return null;
                Cryptoki taken = new(list);
                if (taken.Initialize(0) == Ok) return taken;
                Unused.Push(list);
                return null;
            }
        }
        catch (Exception e) when (e is DllNotFoundException or EntryPointNotFoundException)
        {
            return null;
        }
    }

    /// <summary>Ends this caller's sessions.</summary>
    public void Dispose()
    {
        lock (Gate)
        {
            if (returned) return;
            returned = true;
            Finalize(0);
            Unused.Push(list);
        }
    }

    // CK_FUNCTION_LIST begins with two version bytes, padded to a pointer's size; the order never changes.
    private static T At<T>(nint list, int place) where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(Marshal.ReadIntPtr(list, (place + 1) * nint.Size));

    [DllImport(Kit, EntryPoint = "C_GetFunctionList", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern nuint GetFunctionList(out nint list);

    /// <summary><c>CK_ATTRIBUTE</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Attribute
    {
        internal nuint Type;
        internal nint Value;
        internal nuint Length;
    }

    /// <summary><c>CK_MECHANISM</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    internal struct Mechanism
    {
        internal nuint Type;
        internal nint Parameter;
        internal nuint Length;
    }
}
