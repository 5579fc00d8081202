using Hub.Domain.Money;
using Hub.Domain.Payments;
using static Hub.Channels.Templates.MessageContent;

namespace Hub.Channels.Templates;

/// <summary>German, in the formal address. Written without <c>ß</c>, so that it is right in Switzerland as well.</summary>
/// <param name="money">How amounts are written.</param>
internal sealed class German(AmountStyle money) : ILanguage
{
    private const string NotCleared = "Ihre Bank hat diese Zahlung noch nicht endgültig ausgeführt. Führt sie sie nicht aus, sagen wir es Ihnen, und die Bestellung ist wieder offen.";
    private const string Footer = "OmniHub fragt nie per Nachricht nach Ihrer Kartennummer oder Ihrem Passwort.";

    private static readonly ReceiptWords Titles = new("Artikel", "Anzahl", "Preis", "Summe", "Versand", "Bezahlt", "Darin enthaltene Steuer");

    private static readonly string[] Months =
        ["Januar", "Februar", "März", "April", "Mai", "Juni", "Juli", "August", "September", "Oktober", "November", "Dezember"];

    /// <inheritdoc/>
    public string Tag => "de";

    /// <inheritdoc/>
    public string Write(Amount amount) => money.Of(amount);

    /// <inheritdoc/>
    public string OpenPayment => "In „Meine Zahlungen“ öffnen";

    /// <inheritdoc/>
    public (string Pay, string No) Answers => ("Bezahlen", "Ablehnen");

    /// <inheritdoc/>
    public string Short(MessageContent content) => content switch
    {
        ConfirmByAnswer c => $"OmniHub: {M(c.Amount)} an {Words.Payee(c.Payee)} zahlen? Antwort: PAY {c.Number} (ja) oder NO {c.Number} (nein){OnThePage(c)}. {c.ValidMinutes} Min. gültig.",
        ConfirmElsewhere c => $"OmniHub: {M(c.Amount)} an {Words.Payee(c.Payee)}. {(c.Open ? "Bitte auf dem Gerät bestätigen, das gefragt wurde." : "Diese Anfrage ist beendet; nichts wurde abgebucht.")}",
        ConfirmByCode c => $"OmniHub: {M(c.Amount)} an {Words.Payee(c.Payee)}. Code {c.Code}, {c.ValidMinutes} Min. gültig. Nie weitergeben.\n@{c.Host} #{c.Code}",
        VerifyAddress v => $"OmniHub: Ihr Code ist {v.Code}, {v.ValidMinutes} Min. gültig. Nie weitergeben.\n@{v.Host} #{v.Code}",
        AlreadyAnswered a => $"OmniHub: {M(a.Amount)} an {Words.Payee(a.Payee)} wurde bereits {Answer(a)}. Es ist nichts mehr zu tun.",
        WrongNumber => "OmniHub: Dazu gibt es keine offene Anfrage. Bitte mit der Nummer aus der neuesten Nachricht antworten.",
        Rejected r => $"OmniHub: Sie haben {M(r.Amount)} an {Words.Payee(r.Payee)} abgelehnt. Nichts wurde abgebucht.",
        Succeeded s => $"OmniHub: {M(s.Amount)} an {Words.Payee(s.Payee)} bezahlt. Bestellung {Words.Reference(s.OrderReference)}. {(s.Clearing ? "Ihre Bank muss noch endgültig zahlen." : "Vielen Dank.")}",
        Returned r => $"OmniHub: Ihre Bank hat {M(r.Amount)} an {Words.Payee(r.Payee)} zurückgeholt. Bitte Bestellung {Words.Reference(r.OrderReference)} anders bezahlen.",
        Receipt { Details: var d } => $"OmniHub: Beleg über {M(d.Total)} an {Words.Payee(d.Payee)}. Bestellung {Words.Reference(d.OrderReference)}.",
        Declined d => $"OmniHub: {M(d.Amount)} an {Words.Payee(d.Payee)} wurde abgelehnt. Bitte an der Kasse andere Karte wählen. Bestellung {Words.Reference(d.OrderReference)}.",
        Canceled c => $"OmniHub: {M(c.Amount)} an {Words.Payee(c.Payee)} wurde storniert. Nichts wurde abgebucht. Bestellung {Words.Reference(c.OrderReference)}.",
        Expired e => $"OmniHub: {M(e.Amount)} an {Words.Payee(e.Payee)} wurde nicht rechtzeitig bestätigt. Nichts wurde abgebucht. Bestellung {Words.Reference(e.OrderReference)}.",
        Refunded r => $"OmniHub: {Words.Payee(r.Payee)} hat {M(r.Amount)} erstattet. Bestellung {Words.Reference(r.OrderReference)}.",
        Shipped s => $"OmniHub: {Words.Payee(s.Payee)} hat Bestellung {Words.Reference(s.OrderReference)} {Parcel(s)}.",
        Delivered d => $"OmniHub: Bestellung {Words.Reference(d.OrderReference)} von {Words.Payee(d.Payee)} wurde zugestellt.",
        StatusAnswer s => $"OmniHub: Bestellung {Words.Reference(s.OrderReference)} von {Words.Payee(s.Payee)}: {Of(s.Status)}.",
        StatusAnswers s => $"OmniHub: {Listed(s.Orders)}.",
        NoSuchOrder => "OmniHub: Eine Bestellung mit dieser Nummer ist hier nicht bekannt. Bitte die Nummer in der Nachricht des Shops ansehen.",
        WhichOrder => "OmniHub: Diese Nummer nutzen mehrere Personen. Bitte das Wort mit der Bestellnummer senden, etwa STATUS 1047.",
        PassedOn => "OmniHub: Vielen Dank. Es schreibt Ihnen hier bald jemand.",
        RefundNoted => "OmniHub: Ihr Wunsch nach Erstattung liegt beim Shop. Es schreibt Ihnen hier bald jemand.",
        ReceiptSent r => $"OmniHub: Der Beleg für Bestellung {Words.Reference(r.OrderReference)} ist an Ihr Postfach unterwegs.",
        ReceiptNowhere => "OmniHub: Es gibt keinen Beleg oder kein bestätigtes Postfach dafür. Ihre Belege finden Sie auf Ihrer Bestellseite.",
        WalletCode w => $"OmniHub: Code {w.Code} für das Passwort Ihrer Geldbörse, {w.ValidMinutes} Min. gültig. Niemand darf danach fragen.\n@{w.Host} #{w.Code}",
        AddressRemoved a => $"OmniHub: Die Adresse mit Ende {Words.Narrow(a.Ending, 20)} wurde aus Ihrem Konto entfernt. Waren Sie das nicht? Sagen Sie es dem Shop: {a.Days} Tage lang ist es umkehrbar.",
        AddressAdded a => $"OmniHub: Neue Adresse mit Ende {Words.Narrow(a.Ending, 20)} in Ihrem Konto. Sie darf in {a.Hours} Stunden Zahlungen bestätigen. Waren Sie das nicht? Antwort: NOT ME",
        AddressStopped => "OmniHub: Vielen Dank. Die neue Adresse bestätigt nichts. Wenn jemand anders Ihr Konto nutzt, sagen Sie es dem Shop.",
        Reply r => $"OmniHub: {Words.Payee(r.Payee)} schreibt: {Words.Passage(r.Text)}",
        MessageContent.Digest d => $"OmniHub: {d.Items.Count} Nachrichten zu Ihren Bestellungen. Wie es um sie steht: Antwort STATUS.",
        Help => "OmniHub: Zahlungsbestätigungen. Antworten Sie PAY oder NO mit der Nummer aus der Nachricht. Mit STOP bestellen Sie sie ab.",
        OptedOut => "OmniHub: Von dieser Nummer kommen keine Nachrichten mehr. Mit START erhalten Sie sie wieder.",
        OptedIn => "OmniHub: Sie erhalten wieder Nachrichten zu Zahlungen. Mit STOP bestellen Sie sie ab, mit HELP erhalten Sie Hilfe.",
        _ => throw NotInTheTable(content),
    };

    /// <inheritdoc/>
    public Letter Long(MessageContent content, TimeZoneInfo zone) => content switch
    {
        MessageContent.Digest d => Of($"Ihre Übersicht: {d.Items.Count} Nachrichten", "Das ist seit der letzten Übersicht geschehen.") with { Sections = [.. d.Items.Select(item => Long(InBrief.Of(item), zone))] },
        ConfirmByAnswer c => Of(
            $"Bitte bestätigen: {M(c.Amount)} an {Words.OneLine(c.Payee)}",
            $"{Words.OneLine(c.Payee)} bittet um {M(c.Amount)}. Antworten Sie PAY {c.Number}, um zuzustimmen, oder NO {c.Number}, um abzulehnen. Das gilt {c.ValidMinutes} Minuten lang."),
        ConfirmElsewhere c => Of(
            $"{M(c.Amount)} an {Words.OneLine(c.Payee)}",
            c.Open ? "Bitte bestätigen Sie auf dem Gerät, das gefragt wurde." : "Diese Anfrage ist beendet; nichts wurde abgebucht."),
        ConfirmByCode c => Of(
            $"Bitte bestätigen: {M(c.Amount)} an {Words.OneLine(c.Payee)}",
            $"{Words.OneLine(c.Payee)} bittet um {M(c.Amount)}. Um zuzustimmen, geben Sie diesen Code auf der Bezahlseite ein:",
            $"Der Code gilt {c.ValidMinutes} Minuten lang und nur für diese Zahlung. Geben Sie ihn nie weiter.",
            "Wenn Sie nichts bestellt haben, tun Sie nichts: Ohne den Code wird nichts abgebucht.") with
        { Code = c.Code },
        VerifyAddress v => Of(
            "Ihr Bestätigungscode",
            "Um zu zeigen, dass dieses Postfach Ihnen gehört, geben Sie diesen Code auf der Seite ein, die danach fragt:",
            $"Der Code gilt {v.ValidMinutes} Minuten lang. Geben Sie ihn nie weiter.") with
        { Code = v.Code },
        AlreadyAnswered a => Of(
            $"Bereits {Answer(a)}: {M(a.Amount)} an {Words.OneLine(a.Payee)}",
            $"Die Zahlung von {M(a.Amount)} an {Words.OneLine(a.Payee)} wurde bereits auf anderem Weg {Answer(a)}. Es ist nichts mehr zu tun."),
        WrongNumber => Of("Keine offene Anfrage", "Zu Ihrer Antwort gibt es keine offene Anfrage. Bitte sehen Sie in der neuesten Nachricht nach."),
        Rejected r => Of(
            $"Abgelehnt: {M(r.Amount)} an {Words.OneLine(r.Payee)}",
            $"Sie haben die Zahlung von {M(r.Amount)} an {Words.OneLine(r.Payee)} abgelehnt. Es wurde nichts abgebucht."),
        Receipt { Details: var d } => ReceiptLetter(d, LocalTime.Of(d.PaidAt, zone)),
        _ => LongNotice(content),
    };

    private Letter LongNotice(MessageContent content) => content switch
    {
        Succeeded s => Of(
            $"Bezahlt: {M(s.Amount)} an {Words.OneLine(s.Payee)}",
            [$"Ihre Zahlung von {M(s.Amount)} an {Words.OneLine(s.Payee)} für Bestellung {Words.OneLine(s.OrderReference)} ist erfolgt. Vielen Dank.",
            .. Clearing(s.Clearing)]),
        Returned r => Of(
            $"Von Ihrer Bank zurückgeholt: {M(r.Amount)} an {Words.OneLine(r.Payee)}",
            $"Ihre Bank hat {M(r.Amount)} zurückgeholt, die an {Words.OneLine(r.Payee)} für Bestellung {Words.OneLine(r.OrderReference)} gezahlt worden waren. Die Bestellung ist wieder offen.",
            "Sie können sie auf der Seite des Shops mit einer anderen Karte oder einem anderen Konto bezahlen."),
        Declined d => Of(
            $"Abgelehnt: {M(d.Amount)} an {Words.OneLine(d.Payee)}",
            $"Ihre Bank hat {M(d.Amount)} an {Words.OneLine(d.Payee)} für Bestellung {Words.OneLine(d.OrderReference)} abgelehnt. Es wurde nichts abgebucht.",
            "Sie können auf der Bezahlseite eine andere Karte wählen; die Bestellung bleibt erhalten."),
        Canceled c => Of(
            $"Storniert: {M(c.Amount)} an {Words.OneLine(c.Payee)}",
            $"Die Zahlung von {M(c.Amount)} an {Words.OneLine(c.Payee)} für Bestellung {Words.OneLine(c.OrderReference)} wurde storniert. Es wurde nichts abgebucht."),
        Expired e => Of(
            $"Nicht rechtzeitig bestätigt: {M(e.Amount)} an {Words.OneLine(e.Payee)}",
            $"Die Zahlung von {M(e.Amount)} an {Words.OneLine(e.Payee)} für Bestellung {Words.OneLine(e.OrderReference)} wurde nicht rechtzeitig bestätigt. Es wurde nichts abgebucht."),
        Refunded r => Of(
            $"Erstattet: {M(r.Amount)} von {Words.OneLine(r.Payee)}",
            $"{Words.OneLine(r.Payee)} hat {M(r.Amount)} für Bestellung {Words.OneLine(r.OrderReference)} erstattet. Bis die Bank es zeigt, vergehen einige Tage."),
        Shipped s => Of(
            $"Versandt: Bestellung {Words.OneLine(s.OrderReference)}",
            $"{Words.OneLine(s.Payee)} hat Bestellung {Words.OneLine(s.OrderReference)} {Parcel(s)}."),
        Delivered d => Of(
            $"Zugestellt: Bestellung {Words.OneLine(d.OrderReference)}",
            $"Bestellung {Words.OneLine(d.OrderReference)} von {Words.OneLine(d.Payee)} wurde zugestellt."),
        StatusAnswer s => Of(
            $"Bestellung {Words.OneLine(s.OrderReference)}: {Of(s.Status)}",
            $"Bestellung {Words.OneLine(s.OrderReference)} von {Words.OneLine(s.Payee)}: {Of(s.Status)}."),
        StatusAnswers s => Of("Ihre Bestellungen", $"{Listed(s.Orders)}."),
        NoSuchOrder => Of("Bestellung nicht bekannt", "Eine Bestellung mit dieser Nummer ist hier nicht bekannt. Bitte sehen Sie die Nummer in der Nachricht des Shops an."),
        WhichOrder => Of("Welche Bestellung?", "Diese Adresse nutzen mehrere Personen. Bitte senden Sie das Wort mit der Bestellnummer, etwa STATUS 1047."),
        PassedOn => Of("Es schreibt Ihnen bald jemand", "Vielen Dank. Es schreibt Ihnen hier bald jemand."),
        RefundNoted => Of("Ihr Wunsch nach Erstattung", "Ihr Wunsch nach Erstattung liegt beim Shop. Es schreibt Ihnen hier bald jemand."),
        ReceiptSent r => Of(
            $"Beleg für Bestellung {Words.OneLine(r.OrderReference)}",
            $"Der Beleg für Bestellung {Words.OneLine(r.OrderReference)} ist an Ihr Postfach unterwegs."),
        ReceiptNowhere => Of("Kein Beleg", "Es gibt keinen Beleg oder kein bestätigtes Postfach dafür. Ihre Belege finden Sie auf Ihrer Bestellseite."),
        WalletCode w => Of(
            "Ein Code für Ihre Geldbörse",
            "Jemand möchte das Passwort Ihrer Geldbörse setzen. Wenn Sie das sind, geben Sie diesen Code auf der Seite ein, die danach fragt:",
            $"Der Code gilt {w.ValidMinutes} Minuten lang. Niemand darf danach fragen: nicht der Shop, nicht Ihre Bank, nicht OmniHub.",
            "Wenn Sie das nicht waren, tun Sie nichts: Ohne den Code bleibt Ihre Geldbörse, wie sie ist.") with
        { Code = w.Code },
        AddressRemoved a => Of(
            "Eine Adresse wurde aus Ihrem Konto entfernt",
            $"Die Adresse mit dem Ende {Words.OneLine(a.Ending)} wurde aus Ihrem Konto entfernt. Sie bekommt keine Nachrichten mehr und bestätigt nichts.",
            $"Wenn Sie das nicht waren, sagen Sie es sofort dem Shop: {a.Days} Tage lang kann man sie zurückholen."),
        AddressAdded a => Of(
            "In Ihrem Konto gibt es eine neue Adresse",
            $"Eine Adresse mit dem Ende {Words.OneLine(a.Ending)} ist neu in Ihrem Konto. Sie darf in {a.Hours} Stunden Zahlungen bestätigen.",
            "Wenn Sie das nicht waren, antworten Sie NOT ME auf unsere SMS, entfernen Sie die Adresse in Ihren Einstellungen oder sagen Sie es sofort dem Shop."),
        AddressStopped => Of("Die neue Adresse wurde gesperrt", "Die neue Adresse bestätigt nichts. Wenn jemand anders Ihr Konto nutzt, sagen Sie es bitte dem Shop."),
        Reply r => Of($"{Words.OneLine(r.Payee)} hat Ihnen geschrieben", [.. Words.Paragraphs(r.Text), "Sie können auf diese Nachricht antworten oder im Chat auf der Seite des Händlers schreiben."]),
        Help => Of("Über diese Nachrichten", "OmniHub sendet Zahlungsbestätigungen, Belege und Versandnachrichten der Shops, bei denen Sie bestellen."),
        OptedOut => Of("Sie haben die Nachrichten abbestellt", "An diese Adresse kommen keine Nachrichten mehr."),
        OptedIn => Of("Sie haben die Nachrichten wieder bestellt", "An diese Adresse kommen wieder Nachrichten zu Zahlungen."),
        _ => throw NotInTheTable(content),
    };

    private Letter ReceiptLetter(ReceiptDetails receipt, LocalTime paidAt)
    {
        var greeting = receipt.CustomerName.Length > 0 ? $"Guten Tag {Words.OneLine(receipt.CustomerName)}, vielen Dank" : "Vielen Dank";
        var day = $"{paidAt.Clock.Day}. {Months[paidAt.Clock.Month - 1]} {paidAt.Clock.Year}";
        return Of(
            $"Beleg von {Words.OneLine(receipt.Payee)}: {M(receipt.Total)}",
            [$"{greeting} für Ihre Bestellung {Words.OneLine(receipt.OrderReference)} bei {Words.OneLine(receipt.Payee)}.",
            $"Bezahlt mit {Of(receipt.PaidWith)} am {day} um {paidAt.Time} Uhr ({paidAt.Zone}).",
            $"Zahlung {Words.OneLine(receipt.PaymentId)}.",
            .. Clearing(receipt.Clearing)]) with
        { Table = LetterTable.Of(receipt, money, Titles) };
    }

    private static string Of(PaidWith with) => with.Type switch
    {
        InstrumentType.ECash => "E-Cash",
        InstrumentType.BankAccount => $"Onlinebanking bei {with.BrandName}",
        InstrumentType.ECheck => $"E-Scheck vom Konto mit den Endziffern {Words.OneLine(with.Last4)}",
        _ => $"{with.BrandName} mit den Endziffern {Words.OneLine(with.Last4)}",
    };

    private static string Of(Standing standing) => standing switch
    {
        Standing.Placed => "aufgegeben",
        Standing.AwaitingPayment => "wartet auf Zahlung",
        Standing.AwaitingConfirmation => "wartet auf Bestätigung",
        Standing.Processing => "in Bearbeitung",
        Standing.InReview => "wird geprüft",
        Standing.Paid => "bezahlt",
        Standing.Shipped => "versandt",
        Standing.Delivered => "zugestellt",
        Standing.Canceled => "storniert",
        Standing.Expired => "nicht in der Frist bezahlt",
        Standing.Returned => "neu zu bezahlen",
        _ => throw new InvalidOperationException($"{standing} has no German words."),
    };

    private static string Answer(AlreadyAnswered answered) => answered.Approved ? "bestätigt" : "abgelehnt";

    private static IReadOnlyList<string> Clearing(bool clearing) => clearing ? [NotCleared] : [];

    private static string OnThePage(ConfirmByAnswer confirm) => confirm.Code is { } code ? $", oder {code} auf der Seite eingeben" : "";

    private static string Parcel(Shipped shipped)
    {
        var carrier = Words.Narrow(shipped.Carrier, Words.PayeeWidth);
        var tracking = Words.Reference(shipped.Tracking);
        return (carrier.Length, tracking.Length) switch
        {
            (0, 0) => "versandt",
            (0, _) => $"versandt, Sendung {tracking}",
            (_, 0) => $"mit {carrier} versandt",
            _ => $"mit {carrier} versandt, Sendung {tracking}",
        };
    }

    private static string Listed(IEnumerable<OrderStanding> orders) =>
        string.Join(", ", orders.Select(o => $"{Words.Narrow(o.Reference, Words.ListedWidth)} {Of(o.Status)}"));

    private string M(Amount amount) => money.Of(amount);

    private static Letter Of(string subject, params IReadOnlyList<string> paragraphs) => new(subject, paragraphs) { Footer = Footer };

    private static InvalidOperationException NotInTheTable(MessageContent content) => new($"{content.GetType().Name} has no German words.");
}
