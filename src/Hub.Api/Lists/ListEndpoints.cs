using Hub.Actors;
using Hub.Actors.Ports;
using Hub.Actors.Views;
using Hub.Api.Access;
using Hub.Api.Edge;
using Hub.Api.Edge.Errors;
using Hub.Api.Edge.Requests;
using Hub.Api.Views;
using Hub.Domain.Customers;
using Hub.Domain.Kernel;
using Hub.Domain.Orders;
using Hub.Domain.Payments;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;

namespace Hub.Api.Lists;

/// <summary>Lists and timelines, from the views.</summary>
internal static class ListEndpoints
{
    internal static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapGet("/v1/payments", Payments).RequireAuthorization(Policies.ReadLists);
        routes.MapGet("/v1/orders", Orders).RequireAuthorization(Policies.ReadLists);
        routes.MapGet("/v1/customers", Customers).RequireAuthorization(Policies.ReadLists);
        routes.MapGet("/v1/customers/{id}/payments", CustomerPaymentsAsync).RequireAuthorization(Policies.Read);
        routes.MapGet("/v1/customers/{id}/orders", CustomerOrdersAsync).RequireAuthorization(Policies.Read);
        routes.MapGet("/v1/payments/{id}/timeline", PaymentTimelineAsync).RequireAuthorization(Policies.Read);
        routes.MapGet("/v1/customers/{id}/timeline", CustomerTimelineAsync).RequireAuthorization(Policies.Read);
    }

    /// <summary>Lists payments, newest first.</summary>
    internal static Ok<ListOf<PaymentView>> Payments(Paging paging, Caller caller, IViews views, PaymentViews payments, string? merchant = null) =>
        Page<Payment, PaymentView>(HubKinds.Payment, paging, caller, merchant, views, row => payments.Of((Payment)row.State, row.Version));

    /// <summary>Lists orders, newest first.</summary>
    internal static Ok<ListOf<OrderView>> Orders(Paging paging, Caller caller, IViews views, IPersonalData persons, string? merchant = null) =>
        Page<Order, OrderView>(HubKinds.Order, paging, caller, merchant, views, row => OrderView.Of((Order)row.State, row.Version, persons));

    /// <summary>Lists customers, newest first.</summary>
    internal static Ok<ListOf<CustomerView>> Customers(Paging paging, Caller caller, IViews views, IPersonalData persons, string? merchant = null) =>
        Page<Customer, CustomerView>(HubKinds.Customer, paging, caller, merchant, views, row => CustomerView.Of((Customer)row.State, row.Version, persons, caller));

    /// <summary>Lists one customer's payments, newest first: to themselves, their merchant and its staff. A session for one payment sees that one alone.</summary>
    internal static async Task<Ok<ListOf<PaymentView>>> CustomerPaymentsAsync(
        string id, Paging paging, Caller caller, IActors actors, IViews views, PaymentViews payments, CancellationToken cancel)
    {
        await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        return Own<Payment, PaymentView>(HubKinds.Payment, id, paging, caller, views, row => payments.Of((Payment)row.State, row.Version));
    }

    /// <summary>Lists one customer's orders, newest first: to themselves, their merchant and its staff. A session for one payment sees none but its own.</summary>
    internal static async Task<Ok<ListOf<OrderView>>> CustomerOrdersAsync(
        string id, Paging paging, Caller caller, IActors actors, IViews views, IPersonalData persons, CancellationToken cancel)
    {
        await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        return Own<Order, OrderView>(HubKinds.Order, id, paging, caller, views, row => OrderView.Of((Order)row.State, row.Version, persons));
    }

    /// <summary>One journey over every channel, as a list.</summary>
    internal static async Task<Ok<ListOf<TimelineEntryView>>> PaymentTimelineAsync(
        string id, [AsParameters] TimelineQuery query, Caller caller, IActors actors, IViews views, CancellationToken cancel)
    {
        await actors.SeeAsync<Payment>(HubKinds.Payment, id, caller, cancel);
        return TypedResults.Ok(TimelinePages.Read($"payment:{id}", query, caller, views));
    }

    /// <summary>Everything that concerned a customer, over every channel, as a list.</summary>
    internal static async Task<Ok<ListOf<TimelineEntryView>>> CustomerTimelineAsync(
        string id, [AsParameters] TimelineQuery query, Caller caller, IActors actors, IViews views, CancellationToken cancel)
    {
        await actors.SeeAsync<Customer>(HubKinds.Customer, id, caller, cancel);
        return TypedResults.Ok(TimelinePages.Read($"customer:{id}", query, caller, views));
    }

    internal static Ok<ListOf<TView>> Page<TState, TView>(
        ActorKind kind, Paging paging, Caller caller, string? asked, IViews views, Func<ViewRow, TView> view)
        where TState : State
    {
        var page = views.List(new ViewQuery(kind.Name, MerchantOf(caller, asked), StartingAfter: paging.StartingAfter, Limit: paging.Limit));
        return TypedResults.Ok(new ListOf<TView>([.. page.Rows.Where(r => r.State is TState && caller.MaySee(r.State.Subjects)).Select(view)], page.HasMore));
    }

    private static Ok<ListOf<TView>> Own<TState, TView>(ActorKind kind, string customer, Paging paging, Caller caller, IViews views, Func<ViewRow, TView> view)
        where TState : State
    {
        var page = views.List(new ViewQuery(kind.Name, Customer: customer, StartingAfter: paging.StartingAfter, Limit: paging.Limit));
        return TypedResults.Ok(new ListOf<TView>([.. page.Rows.Where(r => r.State is TState && caller.MaySee(r.State.Subjects)).Select(view)], page.HasMore));
    }

    private static string MerchantOf(Caller caller, string? asked) => caller switch
    {
        Caller.Merchant merchant => merchant.MerchantId,
        Caller.Staff staff => staff.MerchantOf(asked),
        _ => throw Problems.NotFound().AsException(),
    };
}
