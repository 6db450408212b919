using Daypass.AspNetCore;
using Daypass.AspNetCore.Uproject;
using Microsoft.AspNetCore.Routing;

namespace Microsoft.AspNetCore.Builder;

/// <summary>Maps an API of uproject's style.</summary>
public static class UprojectApplication
{
    /// <summary>
    /// Maps an API whose calls all go to one path and are told apart by the parameter <c>Action</c>. <c>UseDaypass</c> must stand before it, and
    /// behind routing. Calls that are signed with Signature V4, as AWS's clients sign, are taken too.
    /// </summary>
    /// <param name="endpoints">The application.</param>
    /// <param name="pattern">The path; clients of UCloud's API use <c>/</c>.</param>
    /// <exception cref="InvalidOperationException"><c>AddUprojectRequests</c> was not called.</exception>
    public static UprojectApi MapUprojectApi(this IEndpointRouteBuilder endpoints, string pattern = "/")
    {
        if (endpoints.ServiceProvider.GetService<UprojectAuthenticator>() is null)
            throw new InvalidOperationException("Call AddUprojectRequests beside AddDaypass.");
        var api = new UprojectApi();
        var endpoint = ActivatorUtilities.CreateInstance<UprojectEndpoint>(endpoints.ServiceProvider, api);
        api.Endpoint = endpoints.MapMethods(pattern, [HttpMethods.Get, HttpMethods.Post], endpoint.HandleAsync).WithMetadata(api);
        return api;
    }
}
