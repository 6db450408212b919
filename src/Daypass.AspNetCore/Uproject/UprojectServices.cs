using Daypass.AspNetCore;
using Daypass.AspNetCore.Leases;
using Daypass.AspNetCore.Uproject;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;

namespace Microsoft.Extensions.DependencyInjection;

/// <summary>Adds the uproject dialect to a service that Daypass protects.</summary>
public static class UprojectServices
{
    /// <summary>
    /// Takes requests that are signed as clients of UCloud's API sign, at the endpoints of <c>MapUprojectApi</c>. Beside <c>AddDaypass</c>,
    /// whose credentials need <c>daypass:VerifyRequests</c> for it.
    /// </summary>
    /// <param name="services">The services.</param>
    /// <param name="configure">Sets the options; may be left out.</param>
    public static IServiceCollection AddUprojectRequests(this IServiceCollection services, Action<UprojectOptions>? configure = null)
    {
        services.AddOptions<UprojectOptions>().Configure(configure ?? (_ => { })).ValidateOnStart();
        services.TryAddEnumerable(ServiceDescriptor.Singleton<IValidateOptions<UprojectOptions>, Validation>());
        services.TryAddSingleton<RequestVerdicts>();
        services.TryAddSingleton<UprojectAuthenticator>();
        return services;
    }

    private sealed class Validation : IValidateOptions<UprojectOptions>
    {
        public ValidateOptionsResult Validate(string? name, UprojectOptions options) =>
            options.FirstFault() is { } fault ? ValidateOptionsResult.Fail(fault) : ValidateOptionsResult.Success;
    }
}
