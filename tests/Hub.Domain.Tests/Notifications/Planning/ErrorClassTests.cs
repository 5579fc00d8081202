using Hub.Domain.Notifications.Planning;

namespace Hub.Domain.Tests.Notifications.Planning;

public sealed class ErrorClassTests
{
    [Fact]
    public void Every_error_class_says_what_to_do()
    {
        foreach (var error in Enum.GetValues<ErrorClass>()) Assert.True(Enum.IsDefined(error.WhatToDo()), error.ToString());
    }

    [Fact]
    public void An_unknown_error_class_is_a_bug() =>
        Assert.Throws<ArgumentOutOfRangeException>(() => ((ErrorClass)0).WhatToDo());
}
