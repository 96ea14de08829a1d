import { Inject } from '@nestjs/common';
import { Args, ID, Int, Parent, Query, ResolveField, Resolver } from '@nestjs/graphql';
import type { ClientGrpc } from '@nestjs/microservices';
import { firstValueFrom, type Observable } from 'rxjs';
import { Order, OrderItem, Product, User } from './models.js';
import { toUser, type UserService } from './user.resolver.js';

interface ProductMessage {
  id: string;
  name: string;
  price: { minorUnits: { toNumber(): number } };
}

interface ProductService {
  getProduct(request: { id: string }): Observable<{ product: ProductMessage }>;
}

interface OrderService {
  listUserOrders(request: { userId: string; page: number; limit: number }): Observable<{ orders?: Order[] }>;
}

@Resolver(() => Order)
export class OrderResolver {
  private orders!: OrderService;
  private users!: UserService;

  constructor(
    @Inject('ORDER_PACKAGE') private readonly orderClient: ClientGrpc,
    @Inject('USER_PACKAGE') private readonly userClient: ClientGrpc,
  ) {}

  onModuleInit() {
    this.orders = this.orderClient.getService<OrderService>('OrderService');
    this.users = this.userClient.getService<UserService>('UserService');
  }

  @Query(() => [Order])
  async userOrders(
    @Args('userId', { type: () => ID }) userId: string,
    @Args('page', { type: () => Int, defaultValue: 1 }) page: number,
    @Args('limit', { type: () => Int, defaultValue: 10 }) limit: number,
  ): Promise<Order[]> {
    const { orders = [] } = await firstValueFrom(this.orders.listUserOrders({ userId, page, limit }));
    return orders;
  }

  @ResolveField(() => User)
  async user(@Parent() order: Order): Promise<User> {
    const { user } = await firstValueFrom(this.users.getUser({ id: order.userId }));
    return toUser(user);
  }
}

@Resolver(() => OrderItem)
export class OrderItemResolver {
  private products!: ProductService;

  constructor(@Inject('PRODUCT_PACKAGE') private readonly client: ClientGrpc) {}

  onModuleInit() {
    this.products = this.client.getService<ProductService>('ProductService');
  }

  @ResolveField(() => Product)
  async product(@Parent() item: OrderItem): Promise<Product> {
    const { product } = await firstValueFrom(this.products.getProduct({ id: item.productId }));
    return { id: product.id, name: product.name, price: product.price.minorUnits.toNumber() / 100 };
  }
}
