using System.Runtime.InteropServices;

namespace LienThong.Signing.Tests.Keys;

/// <summary>Functions of PKCS#11 by their place in <c>CK_FUNCTION_LIST</c>.</summary>
internal static class Raw
{
    internal const int Initialize = 0;
    internal const int Finalize = 1;
    internal const int GetSlotList = 4;
    internal const int GetTokenInfo = 6;
    internal const int OpenSession = 12;
    internal const int CloseSession = 13;
    internal const int CloseAllSessions = 14;
    internal const int Login = 18;
    internal const int CreateObject = 20;
    internal const int GetAttributeValue = 24;
    internal const int FindObjectsInit = 26;
    internal const int FindObjects = 27;
    internal const int FindObjectsFinal = 28;
    internal const int SignInit = 42;
    internal const int Sign = 43;

    internal delegate nuint One(nint a);

    internal delegate nuint Two(nint a, nint b);

    internal delegate nuint Three(nint a, nint b, nint c);

    internal delegate nuint Four(nint a, nint b, nint c, nint d);

    internal delegate nuint Five(nint a, nint b, nint c, nint d, nint e);

    internal delegate nuint SlotsOf(byte present, [In, Out] nuint[]? slots, ref nuint count);

    internal delegate nuint InfoOf(nuint slot, [Out] byte[] info);

    internal delegate nuint SessionOf(nuint slot, nuint flags, nint application, nint notify, out nuint session);

    internal delegate nuint LoginOf(nuint session, nuint user, byte[] pin, nuint length);

    internal delegate nuint CreateOf(nuint session, Attribute[] attributes, nuint count, out nuint handle);

    internal static nint Slot(nint list, int place) => list + ((place + 1) * nint.Size);

    internal static T Of<T>(nint list, int place) where T : Delegate => Marshal.GetDelegateForFunctionPointer<T>(Marshal.ReadIntPtr(Slot(list, place)));

    [DllImport("libp11-kit.so.0", EntryPoint = "C_GetFunctionList", ExactSpelling = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    internal static extern nuint KitFunctions(out nint list);

    [StructLayout(LayoutKind.Sequential)]
    internal struct Attribute
    {
        internal nuint Type;
        internal nint Value;
        internal nuint Length;
    }
}
