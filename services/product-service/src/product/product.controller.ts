import { Public, Roles } from '@msx/runtime';
import { Controller } from '@nestjs/common';
import { GrpcMethod } from '@nestjs/microservices';
import type { Money } from '../gen/money.js';
import type * as proto from '../gen/product.js';
import { sortOf } from './product.filter.js';
import { priceOf, toMessage } from './product.message.js';
import { toReservation } from '../reservation/reservation.message.js';
import { ReservationService } from '../reservation/reservation.service.js';
import { ProductService } from './product.service.js';
import { type Availability, StockService } from './stock.service.js';

@Controller()
export class ProductController implements proto.ProductService {
  constructor(
    private readonly products: ProductService,
    private readonly stock: StockService,
    private readonly reservations: ReservationService,
  ) {}

  @Roles('admin')
  @GrpcMethod('ProductService')
  async createProduct(request: proto.CreateProductRequest): Promise<proto.CreateProductResponse> {
    return { product: toMessage(await this.products.create({ ...request, ...toPrice(request.price) })) };
  }

  @GrpcMethod('ProductService')
  async getProduct({ id }: proto.GetProductRequest): Promise<proto.GetProductResponse> {
    return { product: toMessage(await this.products.get(id)) };
  }

  @GrpcMethod('ProductService')
  async batchGetProducts({ ids }: proto.BatchGetProductsRequest): Promise<proto.BatchGetProductsResponse> {
    return { products: (await this.products.batch(ids)).map(toMessage) };
  }

  @GrpcMethod('ProductService')
  async listProducts({ category, ...page }: proto.ListProductsRequest): Promise<proto.ListProductsResponse> {
    return { products: (await this.products.list(page, category)).map(toMessage) };
  }

  @GrpcMethod('ProductService')
  async countProducts(request: proto.CountProductsRequest): Promise<proto.CountProductsResponse> {
    const { category, filter } = request;
    return { count: await this.products.count({ category, ...filter }) };
  }

  @GrpcMethod('ProductService')
  async searchProducts(request: proto.SearchProductsRequest): Promise<proto.SearchProductsResponse> {
    const { filter = {}, sort, ...slice } = request;
    const { edges, hasNextPage } = await this.products.search(filter, sortOf(sort), slice);
    return {
      edges: edges.map(({ node, cursor }) => ({ product: toMessage(node), cursor })),
      hasNextPage,
    };
  }

  @Roles('admin')
  @GrpcMethod('ProductService')
  async updateProduct({ id, ...fields }: proto.UpdateProductRequest): Promise<proto.UpdateProductResponse> {
    return { product: toMessage(await this.products.update(id, { ...fields, ...toPrice(fields.price) })) };
  }

  @GrpcMethod('ProductService')
  async checkProductStock(request: proto.CheckProductStockRequest): Promise<proto.CheckProductStockResponse> {
    return { items: (await this.stock.check(request.items)).map(toAnswer) };
  }

  @Public()
  @GrpcMethod('ProductService')
  async getReservation({ orderId }: proto.GetReservationRequest): Promise<proto.GetReservationResponse> {
    const reservation = await this.reservations.find(orderId);
    return { reservation: reservation ? toReservation(reservation) : undefined };
  }
}

function toPrice(money?: Money): { price: number | undefined; currency: string | undefined } {
  return { price: money?.minorUnits, currency: money?.currencyCode || undefined };
}

function toAnswer({ productId, product, available }: Availability): proto.StockAnswer {
  const exists = product !== undefined;
  return { productId, exists, available, stock: product?.stock ?? 0, price: product && priceOf(product) };
}
