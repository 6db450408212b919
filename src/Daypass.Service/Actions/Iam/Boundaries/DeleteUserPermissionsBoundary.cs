using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.Boundaries;

/// <summary>See <see cref="DeletePermissionsBoundary{User}"/>.</summary>
internal sealed class DeleteUserPermissionsBoundary() : DeletePermissionsBoundary<User>(HolderKinds.User, static (user, boundary) => user with { Boundary = boundary });
