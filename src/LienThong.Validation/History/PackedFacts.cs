using LienThong.Standard;

namespace LienThong.Validation;

/// <summary>Facts as bytes, to be stored beside their record.</summary>
public static class PackedFacts
{
    private const byte Format = 1;

    /// <summary>Packs facts; <see cref="RecordFacts.Id"/> isn't part of it.</summary>
    public static byte[] Pack(RecordFacts facts)
    {
        using MemoryStream bytes = new(256);
        using (BinaryWriter to = new(bytes, System.Text.Encoding.UTF8, leaveOpen: true))
        {
            to.Write(Format);
            foreach (string text in (string[])[facts.Facility, facts.MaLk, facts.MaBn, facts.Cccd, facts.Sex, facts.Name, facts.Born, facts.Registered, facts.CardFrom, facts.CardTo, facts.Category, facts.Disease])
                to.Write(text);
            Write(to, facts.Cards, static (w, card) => w.Write(card));
            to.Write((byte)((facts.IsOfTheForces ? 1 : 0) | (facts.IsPaid ? 2 : 0) | (facts.IsWaived ? 4 : 0)));
            to.Write7BitEncodedInt(facts.VisitKind);
            Write(to, facts.Arrived);
            Write(to, facts.Discharged);
            Write(to, facts.FiveYears);
            to.Write(facts.Copaid);
            Write(to, facts.Acts, Write);
            Write(to, facts.Appointments, static (w, day) => Write(w, day));
            Write(to, facts.Serials, static (w, s) =>
            {
                w.Write((byte)s.Table);
                w.Write7BitEncodedInt(s.Row);
                w.Write(s.Number);
            });
        }

        return bytes.ToArray();
    }

    /// <summary>Unpacks what <see cref="Pack"/> made; null when another version of the product packed it: judging the record again packs it anew.</summary>
    public static RecordFacts? Unpack(byte[] packed, string id)
    {
        using BinaryReader from = new(new MemoryStream(packed, writable: false), System.Text.Encoding.UTF8);
        if (from.ReadByte() != Format) return null;
        string[] texts = new string[12];
        for (int i = 0; i < texts.Length; i++) texts[i] = from.ReadString();
        string[] cards = Read(from, static r => r.ReadString());
        byte flags = from.ReadByte();
        return new RecordFacts
        {
            Id = id,
            Facility = texts[0],
            MaLk = texts[1],
            MaBn = texts[2],
            Cccd = texts[3],
            Sex = texts[4],
            Name = texts[5],
            Born = texts[6],
            Registered = texts[7],
            CardFrom = texts[8],
            CardTo = texts[9],
            Category = texts[10],
            Disease = texts[11],
            Cards = cards,
            IsOfTheForces = (flags & 1) != 0,
            IsPaid = (flags & 2) != 0,
            IsWaived = (flags & 4) != 0,
            VisitKind = from.Read7BitEncodedInt(),
            Arrived = ReadMoment(from),
            Discharged = ReadMoment(from),
            FiveYears = ReadMoment(from),
            Copaid = from.ReadDecimal(),
            Acts = Read(from, ReadAct),
            Appointments = Read(from, static r => ReadMoment(r)!.Value),
            Serials = Read(from, static r => new Serial((TableId)r.ReadByte(), r.Read7BitEncodedInt(), r.ReadString())),
        };
    }

    private static void Write(BinaryWriter to, Act act)
    {
        to.Write7BitEncodedInt(act.Row);
        to.Write7BitEncodedInt(act.Group);
        foreach (string text in (string[])[act.Stt, act.Code, act.Doctor, act.Performer, act.Machine, act.Bed, act.Department]) to.Write(text);
        Write(to, act.Ordered);
        Write(to, act.Done);
        Write(to, act.Finished);
        to.Write((byte)((act.FullRate ? 1 : 0) | (act.IsPaid ? 2 : 0)));
        to.Write7BitEncodedInt64((long)(act.Fund * 1000));
    }

    private static Act ReadAct(BinaryReader from)
    {
        int row = from.Read7BitEncodedInt(), group = from.Read7BitEncodedInt();
        string stt = from.ReadString(), code = from.ReadString(), doctor = from.ReadString(), performer = from.ReadString(), machine = from.ReadString();
        string bed = from.ReadString(), department = from.ReadString();
        DateTime? ordered = ReadMoment(from), done = ReadMoment(from), finished = ReadMoment(from);
        byte flags = from.ReadByte();
        decimal fund = from.Read7BitEncodedInt64() / 1000m;
        return new Act(row, stt, group, code, doctor, performer, machine, bed, department, ordered, done, finished, (flags & 1) != 0, (flags & 2) != 0, fund);
    }

    // Minutes since 1900, 0 for none: five bytes at most.
    private static void Write(BinaryWriter to, DateTime? moment) =>
        to.Write7BitEncodedInt64(moment is { } m ? Math.Max(1, (m.Ticks - Origin.Ticks) / TimeSpan.TicksPerMinute) : 0);

    private static DateTime? ReadMoment(BinaryReader from) => from.Read7BitEncodedInt64() is > 0 and var minutes ? Origin.AddMinutes(minutes) : null;

    private static DateTime Origin => new(1900, 1, 1, 0, 0, 0, DateTimeKind.Unspecified);

    private static void Write<T>(BinaryWriter to, T[] items, Action<BinaryWriter, T> write)
    {
        to.Write7BitEncodedInt(items.Length);
        foreach (T item in items) write(to, item);
    }

    private static T[] Read<T>(BinaryReader from, Func<BinaryReader, T> read)
    {
        T[] items = new T[from.Read7BitEncodedInt()];
        for (int i = 0; i < items.Length; i++) items[i] = read(from);
        return items;
    }
}
