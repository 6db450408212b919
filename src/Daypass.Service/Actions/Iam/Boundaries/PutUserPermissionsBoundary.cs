using Daypass.Service.Directories;

namespace Daypass.Service.Actions.Iam.Boundaries;

/// <summary>See <see cref="PutPermissionsBoundary{User}"/>.</summary>
internal sealed class PutUserPermissionsBoundary() : PutPermissionsBoundary<User>(HolderKinds.User, static (user, boundary) => user with { Boundary = boundary });
