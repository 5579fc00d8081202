namespace Hub.Simulation.Bugs;

/// <summary>A mistake planted at a seam, to prove that the simulator would see it.</summary>
public enum PlantedBug
{
    /// <summary>The hub as it is.</summary>
    None,

    /// <summary>Every try of a command counts as another one.</summary>
    DeduplicationRemoved,

    /// <summary>Every call to the bank carries a key of its own.</summary>
    NewKeyOnRetry,

    /// <summary>Commits are acknowledged before they are synced.</summary>
    AnswerBeforeCommit,

    /// <summary>The money is taken as soon as it is held, whatever the customer says.</summary>
    CaptureBeforeConfirmation,

    /// <summary>An order grants a second payment while the first is open.</summary>
    SecondPaymentForOneOrder,

    /// <summary>Of two owners of one actor, both may append.</summary>
    FencingOff,

    /// <summary>Calls to the bank leave without having been journaled.</summary>
    MissingStarted,

    /// <summary>Where there is no hold, the bank is called before the customer has confirmed.</summary>
    DebitBeforeConfirmation,

    /// <summary>Another bank is asked although nobody knows what the first one did.</summary>
    SecondBankAfterATimeout,

    /// <summary>Stored value that waits for one payment is given to another as well.</summary>
    ValueHeldTwice,

    /// <summary>Stripe is asked to confirm what it has just made, before the hub has written down what that is.</summary>
    IntentConfirmedUnjournaled,

    /// <summary>A refund after three months is agreed to by whoever asked for it.</summary>
    LateRefundByOnePerson,

    /// <summary>An address that is held is asked to confirm like any other.</summary>
    HoldOverlooked,

    /// <summary>Whoever objects to an address that was added is thanked, and nothing is done.</summary>
    ObjectionForgotten,

    /// <summary>Whoever has a customer's session is taken to write from the browser that was proved.</summary>
    EveryBrowserIsTheirs,

    /// <summary>The buttons of a confirmation that was answered elsewhere stay in the chat.</summary>
    ButtonsLeftStanding,

    /// <summary>WhatsApp is written to whenever there is something to say, in whatever words.</summary>
    WindowOverlooked,

    /// <summary>Who unsubscribes is told that it is done, and nothing is.</summary>
    UnsubscribeForgotten,

    /// <summary>Of several notices that wait for a digest, the first is left out.</summary>
    DigestLosesOne,

    /// <summary>What a mail server tells days later is thanked for, and nothing more.</summary>
    BounceForgotten,
}
